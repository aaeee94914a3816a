/** What a live service tells its page: who it is and all there is to show, once; then what is new, at most four times a second. */

/** A number; null where there is none: JSON has no NaN. */
export type Figure = number | null;

/** Who speaks: the first message, and once more after each connection. */
export interface LiveFacts {
  readonly session: string;
  readonly schemaId: string;
  /** Digest of what predicts; null where nothing is predicted. */
  readonly artefact: string | null;
  readonly engineVersion: string;
  /** Names of all clocks. */
  readonly clocks: readonly string[];
  /** The clock whose bars are told. */
  readonly clock: string;
  /** Names of the values of a row, and what each of them is, as `clock: expression`. */
  readonly columns: readonly string[];
  readonly meanings: readonly string[];
  /** Where there is a model: from which probability on there is a signal, and which columns it looks at. */
  readonly model: { readonly threshold: number; readonly used: readonly boolean[] } | null;
}

interface LiveReason {
  readonly code: string;
  readonly text: string;
}

/** An instrument; times in microseconds. */
export interface LiveFeed {
  readonly instrument: string;
  readonly venue: string;
  readonly symbol: string;
  readonly isConnected: boolean;
  readonly isJoining: boolean;
  readonly isHalted: boolean;
  readonly lastTrade: Figure;
  readonly clockOffset: Figure;
}

export interface LiveWarmup {
  readonly clock: string;
  readonly bars: number;
  readonly needed: number;
  /** The column that needs most; may be empty. */
  readonly because: string;
  /** Seconds until then, as fast as it goes; null where that is not known. */
  readonly remaining: Figure;
}

/** The newest row. */
export interface LiveRow {
  readonly position: string;
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: readonly Figure[];
  /** Standard deviations from the training rows, where there is a model. */
  readonly distances: readonly Figure[] | null;
}

/** A bar of the clock that is told: its number, when it was known (microseconds), open, high, low, close. */
export type LiveBar = readonly [number: number, time: number, open: Figure, high: Figure, low: Figure, close: Figure];

export interface LivePrediction {
  readonly position: string;
  readonly time: number;
  readonly probability: Figure;
  readonly calibrated: Figure;
  readonly signal: Figure;
  /** Why there is no probability; empty where there is one. */
  readonly refusal: string;
}

export interface LiveEvent {
  readonly number: number;
  readonly time: number;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Figures of a stretch of time: when it ended (microseconds), trades a second, then milliseconds. */
export type LiveStretch = readonly [
  time: number,
  trades: number,
  transit50: Figure,
  transit99: Figure,
  work50: Figure,
  work99: Figure,
  loop99: Figure,
];

/** Something that was amiss; `to` is null while it lasts. */
export interface LiveSpan {
  readonly number: number;
  readonly kind: 'down' | 'repair' | 'repaired' | 'official' | 'open' | 'halt' | 'ended';
  readonly instrument: string;
  readonly from: number;
  readonly to: number | null;
  readonly ids: readonly [string, string] | null;
  readonly trades: number | null;
  readonly why: string;
}

/** What is so now, and what is new since the last of these; behind {@link LiveFacts}, all that is known. */
export interface LiveNews {
  /** By the service's clock, microseconds. */
  readonly now: number;
  readonly state: string;
  readonly reasons: readonly LiveReason[];
  readonly feeds: readonly LiveFeed[];
  readonly warmup: readonly LiveWarmup[];
  readonly trades: number;
  readonly rows: number;
  /** From when on it is on record what was amiss. */
  readonly since: Figure;
  /** Times of the newest bar of each clock. */
  readonly barTimes: readonly Figure[];
  readonly subscribers: number;
  readonly row: LiveRow | null;
  readonly bars: readonly LiveBar[];
  readonly predictions: readonly LivePrediction[];
  readonly events: readonly LiveEvent[];
  /** Of the last quarter of an hour, and of the last four hours. */
  readonly seconds: readonly LiveStretch[];
  readonly quarters: readonly LiveStretch[];
  readonly spans: readonly LiveSpan[];
}

/** How much of it is told and kept. */
export const LIVE_KEPT = { bars: 600, predictions: 600, events: 200, stretches: 900, spans: 2000 } as const;
