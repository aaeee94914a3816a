/** Drift between the rows of two directories that build wrote, a few columns at a time. */
import { join } from 'node:path';
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { columnTransform } from 'minotaur-core/internal/transform/by-column';
import type { LearnedColumn } from 'minotaur-core/internal/transform/column';
import { MANIFEST } from '../../files/atomic.ts';
import { readArtefact } from '../../store/artefact.ts';
import { planOfManifest, readManifest } from '../../store/manifest.ts';
import type { RowsArgument } from '../../store/pool.ts';
import { requireSameRows } from '../../store/rows.ts';
import { chooseRows, countRows, readSample } from '../../store/rows-sample.ts';
import { driftOf, type Drift, type Pair } from '../../verify/drift/drift.ts';
import { beginRun, createCourse, type RunOptions, RUN } from '../course/options.ts';

/** Rows of a side that are compared at most, evenly spaced. Of so many no statistic is off by more than 0.006, nineteen times in twenty. */
const MOST_ROWS = 1 << 17;
/** Columns in memory at once, of either side. */
const GROUP = 64;

/** What `measureDrift` takes. */
export interface DriftOptions extends RunOptions {
  /** Directory that build wrote. */
  readonly rows: string;
  /** Directory with the rows of another span, of the same chain. */
  readonly against: string;
  /** What fit wrote: then the share of rows beyond its limits is told too. */
  readonly artefact?: string | undefined;
}

const DRIFT = optionsOf<DriftOptions>({ rows: textual, against: textual }, { ...RUN, artefact: textual });

/** The only directory, where a question is about the rows of one instrument. */
export function oneDirectory(argument: RowsArgument): string {
  if (typeof argument === 'string') return argument;
  const [directory, ...others] = argument;
  if (directory === undefined || others.length > 0)
    fail('config', 'rows', 'the directory of one instrument', argument.join(', ') || 'none');
  return directory;
}

/** One side of a comparison. */
export interface DriftSide {
  /** That build wrote. */
  readonly directory: string;
  /** Rows in it. */
  readonly rows: number;
  /** Rows whose values were compared. */
  readonly compared: number;
}

/** How far a feature has drifted. */
export interface FeatureDrift extends Drift {
  /** Its name. */
  readonly feature: string;
  /** Share of rows beyond the limits that the artefact has learned; absent where there are none. */
  readonly clipped?: Pair;
}

/** What `measureDrift` found. */
export interface DriftReport {
  /** The rows of `against`. */
  readonly reference: DriftSide;
  /** The rows of `rows`. */
  readonly current: DriftSide;
  /** `ready`: warm-up is left out; `all`: a side has no row that is ready, so both count whole. */
  readonly of: 'ready' | 'all';
  /** Worst first: by population stability index, then by Kolmogorov-Smirnov. */
  readonly features: readonly FeatureDrift[];
}

/**
 * Compares the rows in `rows` with those in `against`, feature by feature. Drift is no failure, however large.
 * @throws {MinotaurError} where the two are not of one chain
 */
export async function measureDrift(options: DriftOptions): Promise<DriftReport> {
  requireKind('measureDrift', DRIFT, options);
  beginRun(options);
  const { rows, against, artefact } = options;
  const reference = readManifest(against);
  const current = readManifest(rows);
  const { schemaId, columns } = reference;
  const identity = { schemaId, columns, schema: planOfManifest(reference)?.schema };
  requireSameRows(identity, current, join(rows, MANIFEST));
  const limits = artefact === undefined ? new Map<string, LearnedColumn>() : learnedLimits(artefact, schemaId);
  const counts = [await countRows(against), await countRows(rows)];
  const of = counts.every(({ ready }) => ready > 0) ? 'ready' : 'all';
  const chosen = [
    await chooseRows(against, counts[0], of, MOST_ROWS),
    await chooseRows(rows, counts[1], of, MOST_ROWS),
  ];
  const features: FeatureDrift[] = [];
  const course = createCourse(options, { step: 'drift', unit: 'features', total: columns.length });
  for (let from = 0; from < columns.length; from += GROUP) {
    const names = columns.slice(from, from + GROUP);
    const a = await readSample(against, names, chosen[0]);
    const b = await readSample(rows, names, chosen[1]);
    names.forEach((feature, k) => features.push(compare(feature, a[k], b[k], limits.get(feature))));
    await course.add(names.length);
  }
  return {
    reference: { directory: against, rows: counts[0].rows, compared: chosen[0].length },
    current: { directory: rows, rows: counts[1].rows, compared: chosen[1].length },
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
  const flagged = { ...learned, spec: { ...learned.spec, wasClipped: true } };
  const [, wasClipped] = columnTransform(flagged)(values);
  return wasClipped.reduce((sum, flag) => sum + flag, 0) / values.length;
}
