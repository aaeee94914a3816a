/**
 * A fit beside scikit-learn: median imputation, clipping at 1 and 99 %, standardisation of every column, by the same columns from the
 * same file, in turns, each in a process of its own. Ours also hashes every value and chooses columns on a sample; scikit-learn takes
 * 64 columns at a time, or it would not fit in memory. Reading is not counted.
 *
 * scikit-learn runs where there is a Python that has it: `MINOTAUR_PYTHON`, else python3.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FitRun } from './fit-run.ts';
import { summary, type Figure } from './harness.ts';
import { benchColumn, writeColumns } from './matrix.ts';
import { benchRows, measured, ours, python } from './peer.ts';

const ROWS = benchRows(490_000);
const COLUMNS = 872;
const TURNS = 2;

export const title = `Fit of ${ROWS} x ${COLUMNS} training values`;

function* columns(): Generator<Float64Array> {
  for (let c = 0; c < COLUMNS; c++) yield benchColumn(c, ROWS);
}

export function benches(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  try {
    writeColumns(join(directory, 'x'), columns());
    return Promise.resolve(figuresOf(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function figuresOf(directory: string): Figure[] {
  const args = [directory, `${ROWS}`, `${COLUMNS}`];
  const own: FitRun[] = [];
  const theirs: FitRun[] = [];
  const take = (into: FitRun[], command: readonly [string, readonly string[]]): void => {
    const run = measured<FitRun>(...command);
    if (typeof run === 'string') console.log(`  ${run}`);
    else into.push(run);
  };
  for (let turn = 0; turn < TURNS; turn++) {
    take(own, ours(new URL('fit-run.ts', import.meta.url), args));
    take(theirs, python(new URL('fit.py', import.meta.url), args));
  }
  const figures = [
    summary(
      'ours, wall',
      's',
      own.map(({ seconds }) => seconds),
      { asked: { under: 40 } },
    ),
    summary(
      'ours, processor time',
      's',
      own.map(({ cpu }) => cpu),
    ),
    summary(
      'ours, peak memory',
      'MB',
      own.map(({ peak }) => peak / 1e6),
      { asked: { under: 1000 } },
    ),
  ];
  if (theirs.length === 0) return figures;
  return [
    ...figures,
    summary(
      'scikit-learn, wall',
      's',
      theirs.map(({ seconds }) => seconds),
      { note: theirs[0].version },
    ),
    summary(
      'scikit-learn, processor time',
      's',
      theirs.map(({ cpu }) => cpu),
    ),
    summary(
      'scikit-learn, peak memory',
      'MB',
      theirs.map(({ peak }) => peak / 1e6),
    ),
  ];
}
