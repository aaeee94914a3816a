/**
 * The warm-up certificate: how much history a live session needs before each feature, each clock and the whole row may be
 * trusted, as measured on the user's own events.
 */

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
