/**
 * The warm-up certificate: how much history a live session needs before each feature, each clock and the whole row may be
 * trusted, as measured on the user's own events.
 */
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import type { Memory } from 'minotaur-core/internal/features/contract/operator';

/** Differences that are looked for, relative to the largest value of the full run so far. */
export const LEVELS = ['1e-3', '1e-6', '1e-9', '1e-12'] as const;

/** One of them. */
export type Level = (typeof LEVELS)[number];

/** How much history a clock needs. */
export interface ClockCertificate {
  /** Its name; `rows` stands for features of rows. */
  readonly clock: string;
  /** Bars since a cold start before rows are marked ready for this clock; of `rows`, rows after that. */
  readonly bars: number;
  /** Trades (given bars, where bars are the input) that so many bars take, typically. Null: not to be told. */
  readonly trades: number | null;
  /** Hours that so many bars take, typically. Null: not to be told. */
  readonly hours: number | null;
}

/** How long late starts of a feature differed from the full run. */
export interface FeatureCertificate {
  /** Its clock. */
  readonly clock: string;
  /** Its name. */
  readonly feature: string;
  /** `finite(20)`, `fading(357)`, `unbounded`. */
  readonly declared: string;
  /** Bars after which no late start differed in any bit, itself counted; null: one still did when it was left. */
  readonly exactAfter: number | null;
  /** The same for differences above each level. */
  readonly within: Readonly<Record<Level, number | null>>;
  /** The worst difference of any late start from the bar on after which its clock is warm; null: none went on for so long. */
  readonly atReady: number | null;
}

/** How the start of a feature wears off. */
export interface Curve {
  /** Its clock. */
  readonly clock: string;
  /** Its name. */
  readonly feature: string;
  /** Bars since the start, and the worst relative difference of any late start from there to the next point; at most 1, also where one has no value. */
  readonly points: readonly (readonly [number, number])[];
}

/** What differs although a row is ready. */
export interface ReadyCertificate {
  /** How much of the start may be left in what fades, as the configuration has it. */
  readonly tolerance: number;
  /** Columns that rows do not wait for, as the configuration has it. */
  readonly ignored: readonly string[];
  /**
   * The feature that differed most from the bar on after which its clock is warm, and by how much; those left out that depend on the start for ever.
   * Null: no late start of any clock went on for so long.
   */
  readonly worst: { readonly clock: string; readonly feature: string; readonly difference: number } | null;
  /** Features that differed by more than the tolerance then: not waited for, or turned over by what little was left, as flags are. */
  readonly beyond: number;
  /** Clocks of which no late start went on until they were warm: too few bars. */
  readonly unmeasured: readonly string[];
}

/** What `memory` measured. */
export interface Certificate {
  /** Every clock, as the plan has them. */
  readonly clocks: readonly ClockCertificate[];
  /** The whole row, which is ready with its slowest clock. Null where a clock's hours cannot be told. */
  readonly row: {
    /** That clock. */
    readonly clock: string;
    /** Trades until then, typically. Null: not to be told. */
    readonly trades: number | null;
    /** Hours until then, typically. */
    readonly hours: number;
  } | null;
  /** What a row that is ready lets in of the start. */
  readonly ready: ReadyCertificate;
  /** Every feature of every clock. */
  readonly features: readonly FeatureCertificate[];
  /** Of the slowest features of each clock. */
  readonly curves: readonly Curve[];
}

/** `finite(20)`, `fading(357)`, `unbounded`. */
export function describeMemory(memory: Memory): string {
  return memory.class === 'unbounded' ? 'unbounded' : `${memory.class}(${memory.rows})`;
}

/** Features that are named on a terminal. */
const NAMED = 4;

/** The certificate in a few lines: every clock, the row, and the features that took longest. */
export function certificateLines({ clocks, row, ready, features }: Certificate): string[] {
  const n = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const lines = clocks.map(({ clock, bars, trades, hours }) =>
    [
      `${clock}: ${n(bars)} ${clock === ROWS ? 'rows, once every clock is warm' : 'bars'}`,
      ...(trades === null ? [] : [`about ${n(trades)} trades`]),
      ...(hours === null ? [] : [formatHours(hours)]),
    ].join(', '),
  );
  if (row !== null) lines.push(`whole row: ${formatHours(row.hours)}, with clock ${row.clock}`);
  lines.push(...readyLines(ready));
  const level = levelOf(ready.tolerance);
  const ending = features.filter(({ declared }) => declared !== 'unbounded');
  const settled = ending.flatMap(({ within, ...one }) =>
    within[level] === null ? [] : [{ ...one, after: within[level] }],
  );
  for (const { clock, feature, declared, after } of settled.toSorted((a, b) => b.after - a.after).slice(0, NAMED)) {
    lines.push(
      `${clock} ${feature}: ${declared}, within ${level} after ${n(after)} ${clock === ROWS ? 'rows' : 'bars'}`,
    );
  }
  const open = ending.length - settled.length;
  if (open > 0) lines.push(`${open} features were not seen to settle: too few bars`);
  const never = features.filter(({ declared }) => declared === 'unbounded').length;
  if (never > 0) lines.push(`${never} features depend on the start for ever`);
  return lines;
}

/** The coarsest level that is no coarser than a tolerance. */
export function levelOf(tolerance: number): Level {
  return LEVELS.find((level) => Number(level) <= tolerance) ?? LEVELS[LEVELS.length - 1];
}

/** What is let in, in words. */
export function readyLines({ tolerance, ignored, worst, beyond, unmeasured }: ReadyCertificate): string[] {
  const waits = `ready to ${tolerance}${ignored.length === 0 ? '' : `, without waiting for ${ignored.join(', ')}`}`;
  const open = unmeasured.length === 0 ? [] : [`too few bars to see ${unmeasured.join(', ')} ready`];
  if (worst === null) return [`${waits}: not measured`, ...open];
  const { clock, feature, difference } = worst;
  const off =
    difference === 0
      ? 'nothing differs'
      : `${clock} ${feature} differs most, by ${difference.toPrecision(2)} of its largest value`;
  const more = beyond === 0 ? '' : `; ${beyond} features by more than ${tolerance}`;
  return [`${waits}: from then on ${off}${more}`, ...open];
}

function formatHours(hours: number): string {
  if (hours < 1) return `${(hours * 60).toFixed(1)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
