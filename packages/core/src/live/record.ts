/**
 * What a live session saw and said, event by event, so that history can be rebuilt from it. Where it is kept is another's
 * business: see docs/journal.md for the format on disk.
 */
import type { GivenBar } from '../bars/given.ts';
import type { BarFacts, EventFacts, Hole } from '../chain/contract.ts';
import type { Plan } from '../chain/plan.ts';
import type { RowBlock } from '../rows/align.ts';
import type { Instrument } from '../trades/instrument.ts';
import type { TradeBlock, TradeRow } from '../trades/trade.ts';
import type { Prediction } from './predictor.ts';

/** The state of a chain, and of what stands behind it. */
export interface RecordedState {
  /** Snapshot of the chain. */
  readonly engine: Uint8Array;
  /** Snapshot of the sequence; absent where nothing is predicted. */
  readonly predictor?: Uint8Array | undefined;
  /** State of the digest of all rows up to here; where absent, it is that of the rows since the start on record. */
  readonly digest?: Uint8Array | undefined;
  /** Whether it is what the record before comes to, and not brought from elsewhere. */
  readonly recovered?: boolean | undefined;
}

/** What a chain begins with. */
export interface RecordedStart {
  /** What runs. */
  readonly plan: Plan;
  /** Counts cold restarts and holes that were filled later; with the ordinal it names a row. */
  readonly epoch: number;
  /** Rows that the chain has emitted before. */
  readonly rows: number;
  /** Absent: cold. */
  readonly state?: RecordedState | undefined;
}

/** Where a new epoch comes from. */
export interface EpochNote {
  /** The epoch that begins. */
  readonly epoch: number;
  /** The one before; NaN where it is not known. */
  readonly before: number;
  /** Ordinal of the first row that is another than in the epoch before. */
  readonly row: number;
  /** In words: a cold restart, a hole that was filled. */
  readonly why: string;
}

/** What the chain or its door refused, and why. */
export interface Refusal {
  /** `trades`, `bar`, `series`, `hole`, `watermark`, `release`: the event before; otherwise what was handed in, which never was an event. */
  readonly what: string;
  /** Of the event before, the first trade that was not used; NaN of what never was an event. */
  readonly row: number;
  /** As the error says it. */
  readonly where: string;
  /** The error's message. */
  readonly message: string;
}

/** A value of a series, beside the trades. */
export interface SeriesValue {
  /** Of the series. */
  readonly name: string;
  /** What it is of, microseconds. */
  readonly time: number;
  /** When it became known; NaN where that follows from its time. */
  readonly available_at: number;
  /** Column by column, as the series declares them. */
  readonly values: Float64Array;
}

/** What a session tells as it goes. An event comes before what it caused. */
export interface Recorder {
  /** A chain begins. What is running ends. */
  start(start: RecordedStart): void;
  /** The trades of one push, as received, before the chain has seen them. */
  trades(block: TradeBlock, facts?: EventFacts): void;
  /** A given bar, before the chain has seen it. */
  bar(bar: GivenBar, facts?: BarFacts): void;
  /** A watermark: no trade before `time` will come. */
  advance(time: number, facts?: EventFacts): void;
  /** Trades that are known to be missing, before the chain is told. */
  hole(hole: Hole, facts?: EventFacts): void;
  /** The same, found by the chain in the ids of the event before. */
  gap(hole: Hole): void;
  /** Rows up to `time` go out with what is known. */
  release(time: number, facts?: EventFacts): void;
  /** A row of a series, before the chain has seen it. */
  series(value: SeriesValue, facts?: EventFacts): void;
  /** What was refused: the event before, or what was none. */
  refused(refusal: Refusal): void;
  /** Rows that the event before completed. */
  rows(rows: RowBlock): void;
  /** Of the row with this ordinal. */
  prediction(prediction: Prediction, ordinal: number): void;
  /** A state that was taken now; history has to come to the same. */
  snapshot(state: RecordedState): void;
  /** What somebody who reads the record should know: a reconnect, a repair. */
  note(text: string, facts?: EventFacts): void;
  /** Hands what is recorded to the operating system. */
  flush(): void;
  /** The session ends here as it should. */
  stop(): void;
}

/** Where events came from, and how long it may be silent. */
export interface Origin {
  /** A connection, a file; empty where nobody said. */
  readonly text: string;
  /** Microseconds; see {@link EventFacts.maxSilence}. NaN where nobody said. */
  readonly maxSilence: number;
}

/** What is on record of every event. */
export interface Received {
  /** Which of the start's instruments it is of, from 0. */
  readonly instrument: number;
  /** Where it came from. */
  readonly origin: Origin;
  /** Microseconds, by the clock of the feed; NaN where none was given. */
  readonly arrival: number;
}

/** One trade as it was received; NaN, and an absent id, where the venue gave nothing. */
export interface ReceivedTrade extends TradeRow, Received {
  /** Tells records apart. */
  readonly kind: 'trade';
  /** Another trade of the same push follows. */
  readonly more: boolean;
}

/** A given bar as it was received. */
export interface ReceivedBar extends Received {
  /** Tells records apart. */
  readonly kind: 'bar';
  /** Its columns. */
  readonly bar: GivenBar;
  /** Empty where nobody said. */
  readonly clock: string;
}

/** No trade before its time will come. */
export interface Watermark extends Received {
  /** Tells records apart. */
  readonly kind: 'advance';
  /** Microseconds. */
  readonly time: number;
}

/** Rows up to its time went out with what was known. */
export interface ReceivedRelease extends Received {
  /** Tells records apart. */
  readonly kind: 'release';
  /** Microseconds. */
  readonly time: number;
}

/** A hole that was declared. */
export interface ReceivedHole extends Received {
  /** Tells records apart. */
  readonly kind: 'hole';
  /** From, to, how many. */
  readonly hole: Hole;
  /**
   * Ordinals, from and to one past the last, of the rows behind its beginning that a watermark let out before anyone could
   * know: they stand as complete. Of the last 1,024.
   */
  readonly rows: readonly [from: number, to: number];
}

/** A hole that the chain found itself: no event, because the event before gives it again. */
export interface FoundGap extends Pick<ReceivedHole, 'hole' | 'rows'> {
  /** Tells records apart. */
  readonly kind: 'gap';
}

/** A row of a series as it was received. */
export interface ReceivedSeries extends Received {
  /** Tells records apart. */
  readonly kind: 'series';
  /** Its times and values. */
  readonly value: SeriesValue;
}

/** What is one event by itself. */
export type SingleEvent = ReceivedBar | Watermark | ReceivedHole | ReceivedRelease | ReceivedSeries;

/** What goes into a chain. */
export type RecordedEvent = ReceivedTrade | SingleEvent;

/** A row as it went out. */
export interface EmittedRow {
  /** Tells records apart. */
  readonly kind: 'row';
  /** Rows of its epoch before it. */
  readonly ordinal: number;
  /** Microseconds: the driving bar's `available_at`. */
  readonly time: number;
  /** Whether every clock was warm. */
  readonly ready: boolean;
  /** Whether no trade that is known to be missing may have a part in it. */
  readonly complete: boolean;
  /** In the order of the columns. */
  readonly values: Float64Array;
}

/** One record of a journal, in the order in which things happened. */
export type JournalRecord =
  | RecordedEvent
  | EmittedRow
  | FoundGap
  | {
      readonly kind: 'start';
      readonly epoch: number;
      readonly instruments: readonly Instrument[];
      readonly rows: number;
      readonly state: RecordedState | undefined;
    }
  | (EpochNote & { readonly kind: 'epoch' })
  | (Refusal & { readonly kind: 'refused' })
  | { readonly kind: 'prediction'; readonly ordinal: number; readonly prediction: Prediction }
  | { readonly kind: 'snapshot'; readonly rows: number; readonly state: RecordedState }
  | { readonly kind: 'note'; readonly text: string; readonly arrival: number }
  | { readonly kind: 'stop' };

/** What an event on record was told beside what it says; `instruments` are those of the chain that takes it now. */
export function factsOf(event: Received, instruments: readonly Instrument[]): EventFacts {
  const { text, maxSilence } = event.origin;
  const { arrival } = event;
  return {
    instrument: instruments[event.instrument]?.name,
    arrival: arrival === arrival ? arrival : undefined,
    maxSilence: maxSilence === maxSilence ? maxSilence : undefined,
    origin: text === '' ? undefined : text,
  };
}
