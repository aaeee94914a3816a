/**
 * One trade sequence from a stream, REST answers and dumps: nothing lost, nothing twice, in the order of the venue's ids where they
 * order. A joiner is a state machine without a clock or a socket: it is told what came and when, and says what to hand over, what to
 * ask for, and when it has to be woken.
 */
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** By which way a trade came. */
type Way = 'stream' | 'repair' | 'dump';

/** A trade as it came here. */
export interface Arrived {
  readonly trade: Trade;
  /** Microseconds, by this machine's clock. */
  readonly arrival: number;
  readonly way: Way;
}

/** Why trades are asked for. */
type Reason = 'hole' | 'overlap' | 'probe' | 'restart' | 'audit';

/** What to ask the venue for over REST. One is under way at a time. */
export interface RepairRequest {
  /** Tells answers apart: an answer to another is ignored. */
  readonly number: number;
  readonly reason: Reason;
  /** The trades behind this one, the oldest first, and, where ids only rise, this one itself; absent: the newest page. */
  readonly after?: { readonly id: number | string | bigint; readonly time: number } | undefined;
  /** Nothing from this id on is needed. */
  readonly before?: number | undefined;
}

/** What REST said. */
export interface RepairAnswer {
  /** Of the request. */
  readonly number: number;
  /** Ascending by id where ids order; as the venue gives them otherwise. */
  readonly trades: readonly Trade[];
  /** Microseconds, by this machine's clock. */
  readonly arrival: number;
  /** Its times are coarser than the stream's: one that lies before that of the trade before it is that one's. */
  readonly coarse?: boolean | undefined;
}

/** Trades that are missing. */
export interface JoinedHole {
  /** `official`: the venue itself has none there; `open`: there are some, or may be, that nobody gave us. */
  readonly kind: 'official' | 'open';
  /** Time of the trade before it and of the trade behind it, microseconds. */
  readonly from: number;
  readonly to: number;
  /** First and last id that are missing, and how many, where ids are dense. */
  readonly ids?: readonly [first: number, last: number] | undefined;
  readonly why: string;
}

/**
 * What happened that somebody who reads the log should know. After `waiting` comes one of `repaired` (REST gave some of it), `came`
 * (the stream gave it all by itself) and a hole, whichever it is, before the next `waiting`.
 */
export type JoinerEvent =
  | { readonly what: 'waiting'; readonly first: number; readonly next: number }
  | { readonly what: 'repaired'; readonly first: number; readonly last: number; readonly trades: number }
  | { readonly what: 'came'; readonly first: number; readonly last: number }
  | { readonly what: 'behind'; readonly last: number; readonly newest: number }
  | { readonly what: 'revised'; readonly field: string; readonly kept: Trade; readonly found: Trade }
  | { readonly what: 'suspected-restart'; readonly last: number; readonly id: number }
  | { readonly what: 'restarted'; readonly last: number; readonly id: number }
  | { readonly what: 'overflowed'; readonly kept: number }
  | { readonly what: 'missed'; readonly trades: number; readonly from: number; readonly to: number };

/** Who is told. */
export interface JoinerSinks {
  /** The next trade of the sequence. */
  readonly onTrade: (arrived: Arrived) => void;
  /** In its place: before the first trade behind it. */
  readonly onHole: (hole: JoinedHole) => void;
  /** Ask the venue; the answer, or that there is none, goes to `answer` and `failed`. */
  readonly onRequest: (request: RepairRequest) => void;
  readonly onEvent: (event: JoinerEvent) => void;
}

/** How long a joiner waits and how much it keeps; milliseconds of a monotonic clock. */
export interface JoinerOptions {
  /** Neighbours that swap places on the stream are waited for so long before REST is asked. Default 50. */
  readonly swapWait?: number;
  /** A hole that makes no progress for so long is open. Default 60,000. */
  readonly holeDeadline?: number;
  /** Trades that may wait behind a hole; beyond, the oldest is dropped and asked for again. Default 1,000,000. */
  readonly maxWaiting?: number;
  /** Whether the venue's REST can be asked at all. Default true. */
  readonly repairable?: boolean;
  /** Ids that are remembered where they do not order. Default 100,000. */
  readonly remembered?: number;
  /** Where ids rise with holes of their own: what was handed over is compared with REST so often. Default 60,000. */
  readonly auditEvery?: number;
}

/** What a joiner has counted since it was made. */
export interface JoinerCounts {
  readonly handed: number;
  readonly repaired: number;
  readonly duplicates: number;
  readonly officialHoles: number;
  readonly openHoles: number;
  readonly revised: number;
  readonly requests: number;
  /** Trades that wait now. */
  readonly waiting: number;
}

/** The newest trade that was handed over. */
export interface Last {
  readonly id: number | string | bigint;
  readonly time: number;
}

/** See the file's head. `now` is milliseconds of a monotonic clock. */
export interface Joiner {
  /** Trades of one frame, those that the venue repeats as it greets too. */
  stream(trades: readonly Trade[], arrival: number, now: number): void;
  /** The stream gave a trade under this id that is no part of history: it is no hole. Where ids are dense. */
  leftOut(id: number, now: number): void;
  answer(answer: RepairAnswer, now: number): void;
  /** The request came to nothing; the next may be made after so many milliseconds. */
  failed(number: number, now: number, retryAfter?: number): void;
  /** Subscribed anew: what was sent between is not known. */
  connected(now: number): void;
  /** The stream has been silent: is there a newer trade over REST? */
  probe(now: number): void;
  /** Time has passed. */
  wake(now: number): void;
  /** When `wake` has something to do; Infinity: not before something comes. */
  due(): number;
  /** Goes on behind the last of these, which were handed over before, in this order. */
  seed(trades: readonly Trade[]): void;
  last(): Last | undefined;
  /** Whether trades wait for a hole or for an overlap. */
  joining(): boolean;
  counts(): JoinerCounts;
}

/** Defaults of {@link JoinerOptions}. */
export const JOINER_DEFAULTS: Required<JoinerOptions> = {
  swapWait: 50,
  holeDeadline: 60_000,
  maxWaiting: 1_000_000,
  repairable: true,
  remembered: 100_000,
  auditEvery: 60_000,
};
