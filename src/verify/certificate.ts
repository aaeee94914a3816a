/**
 * The warm-up certificate: how much history a live session needs before each feature, each clock and the whole row may be
 * trusted, as measured on the user's own events.
 */
import type { Memory } from '../features/operator.ts';

/** Differences that are looked for, relative to the largest value of the full run so far. */
export const LEVELS = ['1e-6', '1e-9', '1e-12'] as const;
export type Level = (typeof LEVELS)[number];

export interface ClockCertificate {
  readonly clock: string;
  /** Bars since a cold start before rows are marked ready for this clock. */
  readonly bars: number;
  /** Median of trades (given bars, where bars are the input) and hours that so many bars took; where there were fewer, what they would take on average. */
  readonly trades: number;
  readonly hours: number;
}

export interface FeatureCertificate {
  readonly clock: string;
  readonly feature: string;
  /** `finite(20)`, `fading(357)`, `unbounded`. */
  readonly declared: string;
  /** Bars after which no late start differed in any bit, itself counted; null: one still did when it was left. */
  readonly exactAfter: number | null;
  /** The same for differences above each level. */
  readonly within: Readonly<Record<Level, number | null>>;
}

export interface Curve {
  readonly clock: string;
  readonly feature: string;
  /** Bars since the start, and the worst relative difference of any late start from there to the next point; at most 1, also where one has no value. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Certificate {
  readonly clocks: readonly ClockCertificate[];
  /** The whole row: the clock that takes longest. Null without a bar to measure by. */
  readonly row: { readonly clock: string; readonly trades: number; readonly hours: number } | null;
  readonly features: readonly FeatureCertificate[];
  /** Of the slowest features of each clock. */
  readonly curves: readonly Curve[];
}

export function describeMemory(memory: Memory): string {
  return memory.class === 'unbounded' ? 'unbounded' : `${memory.class}(${memory.rows})`;
}

/** Whole rows are ready with their slowest clock. */
export function rowOf(clocks: readonly ClockCertificate[]): Certificate['row'] {
  const known = clocks.filter(({ hours }) => !Number.isNaN(hours));
  if (known.length === 0) return null;
  const { clock, trades, hours } = known.reduce((a, b) => (b.hours > a.hours ? b : a));
  return { clock, trades, hours };
}

/** How much of `at` (one number per bar, in order) so many bars take: the median, or what they would take at the mean rate. */
export function typicalSpan(at: readonly number[], bars: number): number {
  const steps = at.length - 1;
  if (steps < 1) return NaN;
  if (bars > steps) return ((at[steps] - at[0]) / steps) * bars;
  const spans = Float64Array.from({ length: at.length - bars }, (_, i) => at[i + bars] - at[i]).sort();
  const middle = spans.length >> 1;
  return spans.length % 2 === 1 ? spans[middle] : (spans[middle - 1] + spans[middle]) / 2;
}

/** Features that are named on a terminal. */
const NAMED = 4;

/** The certificate in a few lines: every clock, the row, and the features that took longest. */
export function certificateLines({ clocks, row, features }: Certificate): string[] {
  const n = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const lines = clocks.map(
    ({ clock, bars, trades, hours }) =>
      `${clock}: ${n(bars)} bars${Number.isNaN(hours) ? '' : `, about ${n(trades)} trades, ${formatHours(hours)}`}`,
  );
  if (row !== null) lines.push(`whole row: ${formatHours(row.hours)}, with clock ${row.clock}`);
  const slow = features
    .filter(({ declared }) => declared !== 'unbounded')
    .toSorted((a, b) => settledAfter(b) - settledAfter(a))
    .slice(0, NAMED);
  for (const one of slow) {
    const after = one.within['1e-9'];
    lines.push(
      `${one.clock} ${one.feature}: ${one.declared}, ${after === null ? 'not settled' : `within 1e-9 after ${n(after)}`}`,
    );
  }
  const never = features.filter(({ declared }) => declared === 'unbounded').length;
  if (never > 0) lines.push(`${never} features depend on the start for ever`);
  return lines;
}

/** Bars until a feature is within 1e-9; those that were not come first. */
export function settledAfter({ within }: FeatureCertificate): number {
  return within['1e-9'] ?? Infinity;
}

function formatHours(hours: number): string {
  if (hours < 1) return `${(hours * 60).toFixed(1)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
