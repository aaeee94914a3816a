/**
 * The warm-up certificate: how much history a live session needs before each feature, each clock and the whole row may be
 * trusted, as measured on the user's own events.
 */
import type { Memory } from 'minotaur-core/internal/features/contract/operator';

/** Differences that are looked for, relative to the largest value of the full run so far. */
export const LEVELS = ['1e-6', '1e-9', '1e-12'] as const;

/** One of them. */
export type Level = (typeof LEVELS)[number];

/** How much history a clock needs. */
export interface ClockCertificate {
  /** Its name. */
  readonly clock: string;
  /** Bars since a cold start before rows are marked ready for this clock. */
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
