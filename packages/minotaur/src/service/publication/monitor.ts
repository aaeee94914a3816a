/** How a session is doing: what somebody who looks at it wants to see beside what it publishes. */
import { createContinuity, type Continuity } from './continuity.ts';
import { createVitals, type Vitals } from './vitals.ts';

/** An instrument, as it is listened to now. */
export interface WatchedFeed {
  readonly instrument: string;
  readonly venue: string;
  readonly symbol: string;
  readonly isConnected: boolean;
  /** Whether trades wait for others that are missing. */
  readonly isJoining: boolean;
  readonly isHalted: boolean;
  /** Of the newest trade, microseconds; NaN before the first. */
  readonly lastTrade: number;
  /** How far our clock is ahead of the venue's, microseconds; NaN where that is not known. */
  readonly clockOffset: number;
}

/** How far the warm-up of a clock has come. */
export interface WarmupProgress {
  /** Its name. */
  readonly clock: string;
  /** That have closed since the cold start. */
  readonly bars: number;
  readonly needed: number;
  /** The column that needs most; empty where the bars themselves do. */
  readonly because: string;
  /** Seconds until it is over, as fast as it goes; NaN where that is not known. */
  readonly remaining: number;
}

/** As it is now. */
interface Watched {
  readonly feeds: readonly WatchedFeed[];
  readonly warmup: readonly WarmupProgress[];
  /** Used since the cold start. */
  readonly trades: number;
  /** From when on it is on record what was amiss, microseconds. */
  readonly since: number;
}

export interface Monitor {
  readonly vitals: Vitals;
  readonly continuity: Continuity;
  /** As it is now: nothing, until somebody knows. */
  look: () => Watched;
}

export function createMonitor(): Monitor {
  return {
    vitals: createVitals(),
    continuity: createContinuity(),
    look: () => ({ feeds: [], warmup: [], trades: 0, since: NaN }),
  };
}

/** `warming up: short has 12 of 101 bars, for rsi_14`, of the clock that is furthest from it; undefined where all have come so far. */
export function warmupText(warmup: readonly WarmupProgress[]): string | undefined {
  const missing = warmup.filter(({ bars, needed }) => bars < needed);
  const [least] = missing.sort((a, b) => a.bars / a.needed - b.bars / b.needed);
  if (least === undefined) return undefined;
  const { clock, bars, needed, because } = least;
  return `warming up: ${clock} has ${bars} of ${needed} bars${because === '' ? '' : `, for ${because}`}`;
}
