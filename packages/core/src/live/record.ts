/**
 * What a live session saw and said, event by event, so that history can be rebuilt from it. Where it is kept is another's
 * business: see docs/journal.md for the format on disk.
 */
import type { GivenBar } from '../bars/given.ts';
import type { Plan } from '../chain/plan.ts';
import type { RowBlock } from '../rows/align.ts';
import type { TradeBlock, TradeRow } from '../trades/trade.ts';
import type { Prediction } from './predictor.ts';

/** The state of a chain, and of the predictor behind it where there is one. */
export interface RecordedState {
  /** Snapshot of the chain. */
  readonly engine: Uint8Array;
  /** Snapshot of the sequence; absent where nothing is predicted. */
  readonly predictor?: Uint8Array | undefined;
}

/** What a session tells as it goes. An event comes before what it caused. */
export interface Recorder {
  /** A chain begins: cold, or in `state`. What is running ends. */
  start(plan: Plan, state?: RecordedState): void;
  /** Trade `i` of a block, as received, before the chain has seen it; `more`: another of the same push follows. */
  trade(block: TradeBlock, i: number, arrival: number, more: boolean): void;
  /** A bar given to `clock`, before the chain has seen it. */
  bar(bar: GivenBar, clock: string, arrival: number): void;
  /** A watermark: no trade before `time` will come. */
  advance(time: number, arrival: number): void;
  /** The chain refused the event before: what it said. */
  refused(message: string): void;
  /** Rows that the event before completed. */
  rows(rows: RowBlock): void;
  /** Of the oldest row that has none yet. */
  prediction(prediction: Prediction): void;
  /** A state that was taken now; history has to come to the same. */
  snapshot(state: RecordedState): void;
  /** Hands what is recorded to the operating system. */
  flush(): void;
  /** The session ends here as it should. */
  stop(): void;
}

/** One trade as it was received; NaN, and an absent id, where the venue gave nothing. */
export interface ReceivedTrade extends TradeRow {
  readonly kind: 'trade';
  /** Microseconds, by the clock of the feed. */
  readonly arrival: number;
  readonly more: boolean;
}

export interface ReceivedBar {
  readonly kind: 'bar';
  readonly bar: GivenBar;
  readonly clock: string;
  readonly arrival: number;
}

export interface Watermark {
  readonly kind: 'advance';
  readonly time: number;
  readonly arrival: number;
}

/** What goes into a chain. */
type RecordedEvent = ReceivedTrade | ReceivedBar | Watermark;

export interface EmittedRow {
  readonly kind: 'row';
  readonly time: number;
  readonly ready: boolean;
  readonly values: Float64Array;
}

/** One record of a journal, in the order in which things happened. */
export type JournalRecord =
  | RecordedEvent
  | EmittedRow
  | { readonly kind: 'start'; readonly state: RecordedState | undefined }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'prediction'; readonly prediction: Prediction }
  | { readonly kind: 'snapshot'; readonly state: RecordedState }
  | { readonly kind: 'stop' };
