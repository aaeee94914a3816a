/**
 * Boosted trees beside LightGBM: the same columns from the same file, 20 trees of 31 leaves, 255 bins, two threads, deterministic; in
 * turns, each run in a process of its own. Seconds are of binning and training; reading is not counted. The AUC is of rows
 * that were not trained on, over five seeds with bagging.
 *
 * LightGBM runs where there is a Python that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchColumn, benchLabels, writeColumns } from './matrix.ts';
import { summary, type Figure } from './harness.ts';
import { benchRows, measured, ours, python } from './peer.ts';
import type { TreesRun } from './trees-run.ts';

const ROWS = benchRows(490_000);
const COLUMNS = 739;
const TURNS = 3;
const AUC = { rows: 30_000, columns: 40, seeds: [1, 2, 3, 4, 5] };

export const title = `Trees of ${ROWS} x ${COLUMNS} (20 of 31 leaves, 255 bins, two threads)`;

function write(directory: string, rows: number, width: number): void {
  const first = Array.from({ length: 9 }, (_, c) => Float32Array.from(benchColumn(c, rows)));
  writeFileSync(join(directory, 'y'), new Uint8Array(benchLabels(first, rows).buffer));
  const columns = function* (): Generator<Float32Array> {
    for (let c = 0; c < width; c++) yield c < first.length ? first[c] : Float32Array.from(benchColumn(c, rows));
  };
  writeColumns(join(directory, 'x'), columns());
}

const scripts = { ours: new URL('trees-run.ts', import.meta.url), theirs: new URL('trees.py', import.meta.url) };

/** Ours and theirs, one after the other; those that failed say why and are left out. */
function inTurns(directory: string, rows: number, width: number, seeds: readonly number[], bagged: boolean) {
  const found: Record<'ours' | 'theirs', TreesRun[]> = { ours: [], theirs: [] };
  for (const seed of seeds) {
    const args = [directory, `${rows}`, `${width}`, `${seed}`, bagged ? 'bagged' : 'plain'];
    for (const [side, command] of [
      ['ours', ours(scripts.ours, args)] as const,
      ['theirs', python(scripts.theirs, args)] as const,
    ]) {
      const run = measured<TreesRun>(...command);
      if (typeof run === 'string') console.log(`  ${side}: ${run}`);
      else found[side].push(run);
    }
  }
  return found;
}

const note = (runs: readonly TreesRun[]): { note: string } => ({
  note:
    runs.map(({ version, threads }) => `${version}, ${threads} threads`)[0] ??
    'absent: MINOTAUR_PYTHON names one with lightgbm',
});

function timeFigures(directory: string): Figure[] {
  write(directory, ROWS, COLUMNS);
  const { ours: own, theirs } = inTurns(
    directory,
    ROWS,
    COLUMNS,
    Array.from({ length: TURNS }, () => 1),
    false,
  );
  const figures = [
    summary(
      'ours, wall',
      's',
      own.map(({ seconds }) => seconds),
      note(own),
    ),
    summary(
      'ours, processor time',
      's',
      own.map(({ cpu }) => cpu),
    ),
    summary(
      'ours, memory / bins',
      '',
      own.map(({ memory }) => memory / (ROWS * COLUMNS)),
      { asked: { under: 1.5 } },
    ),
  ];
  if (theirs.length === 0) return figures;
  const cpuRatios = own.map(({ cpu }, i) => cpu / theirs[i].cpu);
  const ratios = own.map(({ seconds }, i) => seconds / theirs[i].seconds);
  return [
    ...figures,
    summary(
      'LightGBM, wall',
      's',
      theirs.map(({ seconds }) => seconds),
      note(theirs),
    ),
    summary(
      'LightGBM, processor time',
      's',
      theirs.map(({ cpu }) => cpu),
    ),
    summary('ours / LightGBM, wall', '', ratios, { asked: { under: 1.5 } }),
    summary('ours / LightGBM, processor time', '', cpuRatios, { asked: { under: 1.5 } }),
  ];
}

function aucFigures(directory: string): Figure[] {
  write(directory, AUC.rows, AUC.columns);
  const { ours: own, theirs } = inTurns(directory, AUC.rows, AUC.columns, AUC.seeds, true);
  return [
    summary(
      `ours, test AUC of ${AUC.rows} x ${AUC.columns}`,
      '',
      own.map(({ auc }) => auc),
    ),
    ...(theirs.length === 0
      ? []
      : [
          summary(
            'LightGBM, test AUC',
            '',
            theirs.map(({ auc }) => auc),
          ),
        ]),
  ];
}

export function benches(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  try {
    return Promise.resolve([...aucFigures(directory), ...timeFigures(directory)]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
