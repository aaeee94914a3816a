/**
 * The warm-up certificate: how much history a live session needs before each feature, each clock and the whole row may be
 * trusted, as measured on the user's own events.
 */
import type { Memory } from 'minotaur-core/internal/features/contract/operator';

/** Differences that are looked for, relative to the largest value of the full run so far. */
export const LEVELS = ['1e-6', '1e-9', '1e-12'] as const;
export type Level = (typeof LEVELS)[number];

export interface ClockCertificate {
  readonly clock: string;
  /** Bars since a cold start before rows are marked ready for this clock. */
  readonly bars: number;
  /** Trades (given bars, where bars are the input) and hours that so many bars take: see history.ts. Null: not to be told. */
  readonly trades: number | null;
  readonly hours: number | null;
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
  /** The whole row, which is ready with its slowest clock. Null where a clock's hours cannot be told. */
  readonly row: { readonly clock: string; readonly trades: number | null; readonly hours: number } | null;
  readonly features: readonly FeatureCertificate[];
  /** Of the slowest features of each clock. */
  readonly curves: readonly Curve[];
}

export function describeMemory(memory: Memory): string {
  return memory.class === 'unbounded' ? 'unbounded' : `${memory.class}(${memory.rows})`;
}

/** Features that are named on a terminal. */
const NAMED = 4;

/** The certificate in a few lines: every clock, the row, and the features that took longest. */
export function certificateLines({ clocks, row, features }: Certificate): string[] {
  const n = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const lines = clocks.map(({ clock, bars, trades, hours }) =>
    [
      `${clock}: ${n(bars)} bars`,
      ...(trades === null ? [] : [`about ${n(trades)} trades`]),
      ...(hours === null ? [] : [formatHours(hours)]),
    ].join(', '),
  );
  if (row !== null) lines.push(`whole row: ${formatHours(row.hours)}, with clock ${row.clock}`);
  const ending = features.filter(({ declared }) => declared !== 'unbounded');
  const settled = ending.filter(({ within }) => within['1e-9'] !== null);
  for (const one of settled.toSorted((a, b) => settledAfter(b) - settledAfter(a)).slice(0, NAMED)) {
    lines.push(`${one.clock} ${one.feature}: ${one.declared}, within 1e-9 after ${n(settledAfter(one))} bars`);
  }
  const open = ending.length - settled.length;
  if (open > 0) lines.push(`${open} features were not seen to settle: too few bars`);
  const never = features.filter(({ declared }) => declared === 'unbounded').length;
  if (never > 0) lines.push(`${never} features depend on the start for ever`);
  return lines;
}

/** Bars until a feature is within 1e-9. */
function settledAfter({ within }: FeatureCertificate): number {
  return within['1e-9'] ?? Infinity;
}

function formatHours(hours: number): string {
  if (hours < 1) return `${(hours * 60).toFixed(1)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
