/** Drift between the rows of two directories that build wrote, a few columns at a time. */
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { readBlocks } from '../files/parquet/row-blocks.ts';
import { applyColumn, columnKernel, type LearnedColumn } from 'minotaur-core/internal/transform/column';
import { driftOf, type Drift, type Pair } from '../verify/drift/drift.ts';
import { readArtefact } from './learning-data.ts';
import { createProgress } from './progress.ts';
import { planOf, readManifest, requireSameRows } from './rows-directory.ts';

/** Rows of a side that are compared at most, evenly spaced. Of so many no statistic is off by more than 0.006, nineteen times in twenty. */
const MOST_ROWS = 1 << 17;
/** Columns in memory at once, of either side. */
const GROUP = 64;

export interface DriftFlags {
  readonly rows: string;
  readonly against: string;
  readonly artefact?: string | undefined;
}

export interface DriftSide {
  readonly directory: string;
  readonly rows: number;
  /** Rows whose values were compared. */
  readonly compared: number;
}

export interface FeatureDrift extends Drift {
  readonly feature: string;
  /** Share of rows beyond the limits that the artefact has learned; absent where there are none. */
  readonly clipped?: Pair;
}

export interface DriftReport {
  readonly reference: DriftSide;
  readonly current: DriftSide;
  /** `ready`: warm-up is left out; `all`: a side has no row that is ready, so both count whole. */
  readonly of: 'ready' | 'all';
  /** Worst first: by population stability index, then by Kolmogorov-Smirnov. */
  readonly features: readonly FeatureDrift[];
}

/** Compares the rows in `rows` with those in `against`, feature by feature. */
export async function measureDrift({ rows, against, artefact }: DriftFlags): Promise<DriftReport> {
  const reference = readManifest(against);
  const current = readManifest(rows);
  const { schemaId, columns } = reference;
  requireSameRows({ schemaId, columns, schema: planOf(reference)?.schema }, current, join(rows, 'manifest.json'));
  const limits = artefact === undefined ? new Map<string, LearnedColumn>() : learnedLimits(artefact, schemaId);
  const counts = [await countRows(against), await countRows(rows)];
  const of = counts.every(({ ready }) => ready > 0) ? 'ready' : 'all';
  const samples = [await chooseRows(against, counts[0], of), await chooseRows(rows, counts[1], of)];
  const features: FeatureDrift[] = [];
  const progress = createProgress('drift', columns.length, 'features');
  for (let from = 0; from < columns.length; from += GROUP) {
    const names = columns.slice(from, from + GROUP);
    const a = await readSample(against, names, samples[0]);
    const b = await readSample(rows, names, samples[1]);
    names.forEach((feature, k) => features.push(compare(feature, a[k], b[k], limits.get(feature))));
    progress.add(names.length);
  }
  progress.stop();
  return {
    reference: { directory: against, rows: counts[0].rows, compared: samples[0].length },
    current: { directory: rows, rows: counts[1].rows, compared: samples[1].length },
    of,
    features: features.toSorted((x, y) => y.psi - x.psi || (y.kolmogorovSmirnov || 0) - (x.kolmogorovSmirnov || 0)),
  };
}

function learnedLimits(file: string, schemaId: string): Map<string, LearnedColumn> {
  const artefact = readArtefact(file);
  if (artefact.schemaId !== schemaId) fail('state', `${file}, schema`, schemaId, artefact.schemaId);
  return new Map(artefact.learned.filter(({ clip }) => clip !== undefined).map((learned) => [learned.name, learned]));
}

function compare(feature: string, a: Float64Array, b: Float64Array, learned: LearnedColumn | undefined): FeatureDrift {
  const drift = { feature, ...driftOf(a, b) };
  if (learned === undefined) return drift;
  return { ...drift, clipped: { reference: clippedShare(a, learned), current: clippedShare(b, learned) } };
}

/** By the transform itself, which flags what it clips. */
function clippedShare(values: Float64Array, learned: LearnedColumn): number {
  const kernel = columnKernel({ ...learned, spec: { ...learned.spec, wasClipped: true } });
  const out = new Float64Array(2 * values.length);
  applyColumn(kernel, values, 0, values.length, 1, out, 0, 2);
  let clipped = 0;
  for (let i = 1; i < out.length; i += 2) clipped += out[i];
  return clipped / values.length;
}

const rowsFile = (directory: string): string => join(directory, 'rows.parquet');

interface RowCount {
  readonly rows: number;
  readonly ready: number;
}

async function countRows(directory: string): Promise<RowCount> {
  let rows = 0;
  let ready = 0;
  for await (const { count, columns } of readBlocks(rowsFile(directory), ['ready'])) {
    rows += count;
    for (let i = 0; i < count; i++) ready += columns[0][i];
  }
  if (rows === 0) fail('input', rowsFile(directory), 'rows', 'none');
  return { rows, ready };
}

/** Ordinals of the rows to compare, evenly spaced where there are more than {@link MOST_ROWS}. */
async function chooseRows(directory: string, { rows, ready }: RowCount, of: DriftReport['of']): Promise<Float64Array> {
  const total = of === 'ready' ? ready : rows;
  const chosen = new Float64Array(Math.min(total, MOST_ROWS));
  let seen = 0;
  let taken = 0;
  let row = 0;
  for await (const { count, columns } of readBlocks(rowsFile(directory), ['ready'])) {
    for (let i = 0; i < count; i++, row++) {
      if (of === 'ready' && columns[0][i] !== 1) continue;
      if (seen++ === Math.floor((taken * total) / chosen.length)) chosen[taken++] = row;
    }
  }
  return chosen;
}

/** The columns named, of the rows chosen. */
async function readSample(directory: string, names: readonly string[], chosen: Float64Array): Promise<Float64Array[]> {
  const sample = names.map(() => new Float64Array(chosen.length));
  let start = 0;
  let taken = 0;
  for await (const { count, columns } of readBlocks(rowsFile(directory), names)) {
    for (; taken < chosen.length && chosen[taken] < start + count; taken++) {
      for (let k = 0; k < names.length; k++) sample[k][taken] = columns[k][chosen[taken] - start];
    }
    start += count;
  }
  return sample;
}

/** Features that are printed: the worst. */
const PRINTED = 20;

/** What a person reads of it. */
export function formatDrift({ reference, current, of, features }: DriftReport): string {
  const side = ({ directory, rows, compared }: DriftSide): string =>
    `${directory}, ${compared.toLocaleString('en')}${compared < rows ? ` of ${rows.toLocaleString('en')}` : ''} rows`;
  const width = Math.max(7, ...features.slice(0, PRINTED).map(({ feature }) => feature.length));
  const cell = (value: number | undefined): string =>
    (value === undefined || Number.isNaN(value) ? '-' : value.toFixed(3)).padStart(8);
  const lines = features
    .slice(0, PRINTED)
    .map(({ feature, psi, jensenShannon, kolmogorovSmirnov, missing, clipped }) => {
      const figures = [psi, jensenShannon, kolmogorovSmirnov, missing.reference, missing.current];
      return `${feature.padEnd(width)}${[...figures, clipped?.reference, clipped?.current].map(cell).join('')}`;
    });
  const rest = features.length > PRINTED ? [`... and ${features.length - PRINTED} features that drifted less`] : [];
  return [
    `reference ${side(reference)}`,
    `now       ${side(current)}`,
    ...(of === 'all' ? ['A side has no row that is ready: rows of the warm-up count too.'] : []),
    `\n${'feature'.padEnd(width)}     PSI      JS      KS NaN ref NaN now clip ref clip now`,
    ...lines,
    ...rest,
    '\nThis is the market, or the span, and not a bug: no check fails by it.',
  ].join('\n');
}
