/**
 * What a chain is to those around it: it is fed, it has a state, it is described. Recorder, session and verifier take
 * these parts and give them again, so that any of them can stand around any other.
 */
import type { GivenBar } from '../bars/given.ts';
import type { SeriesRow } from '../bars/series.ts';
import type { Hashing } from '../base/bytes/hashing.ts';
import type { Schema } from '../base/schema.ts';
import type { RowSink } from '../rows/align.ts';
import type { Arrival, IntakeCounts, Notice } from '../trades/intake.ts';
import type { Trade, TradeBlock } from '../trades/trade.ts';
import type { Plan } from './plan.ts';

/** What is known of an event beside what it says. */
export interface EventFacts {
  /** Name of the instrument that it is of; may be left out where the chain has only one. Another's is refused. */
  readonly instrument?: string | undefined;
  /**
   * When it was received; where absent, the event's own time stands for it. A time more than 10 s ahead of it or more than
   * a day behind it cannot be.
   */
  readonly arrival?: Arrival | undefined;
  /**
   * Where no arrival is carried: an event so many microseconds or more after the one before cannot be; a day where absent.
   * Infinity for files, in which a silence may last for years.
   */
  readonly maxSilence?: number | undefined;
  /** Where it came from: a connection, a file. */
  readonly origin?: string | undefined;
  /** Names row `row` of a block in errors. */
  readonly place?: ((row: number) => string) | undefined;
}

/** The same of a bar. */
export interface BarFacts extends EventFacts {
  /** The clock with `bars: given`; may be left out where there is only one. */
  readonly clock?: string | undefined;
}

/**
 * Trades are known to be missing: times from `from` to `to`, both included, microseconds, UTC. Rows that are emitted after it are
 * not complete until each clock has closed as many bars that opened after `to` as a row has to wait for to be ready.
 */
export interface Hole {
  /** Not after `to`; where known, the time of the trade before the first that is missing. */
  readonly from: number;
  /** Not before the newest event; where known, the time of the trade behind the last that is missing. */
  readonly to: number;
  /** How many trades, where that is known: ids. */
  readonly missing?: number | undefined;
}

/** Takes events; `Out` is what each call gives back. */
export interface Feed<Out = void> {
  /**
   * Takes one trade, or a block of them in order. Rows that they complete are handed to `onRows` before it returns.
   * @throws {MinotaurError} of kind `input`: what is no trade, and what the configuration rejects. The trades before it have
   * been used, it has left no trace, and the next one is taken.
   */
  push(trades: Trade | TradeBlock, facts?: EventFacts): Out;
  /**
   * Takes one bar for a clock with `bars: given`; one that cannot be is handled as `bars.invalid` of the configuration says.
   * @throws {MinotaurError} where that is to reject it, or where it steps back in time
   */
  pushBar(bar: GivenBar, facts?: BarFacts): Out;
  /**
   * Takes one row of a series, the clock of that name. Rows do not wait for it: one that comes late counts from the moment it came.
   * @throws {MinotaurError} of kind `input` for what is no row of it, and for one that became known before the row before it
   */
  pushSeries(name: string, row: SeriesRow, facts?: EventFacts): Out;
  /**
   * Says that no trade before `time` (microseconds, UTC) will come: closes time bars and days that end at or before it.
   * It never changes a value, only when it becomes known; a journal keeps it like a trade.
   */
  advance(time: number, facts?: EventFacts): Out;
  /**
   * Says that trades are missing, in its place among the events. It changes no value, only which rows are complete. The chain finds
   * gaps of dense ids itself.
   * @throws {MinotaurError} of kind `input` where `from` is after `to`, or `to` before the newest event: what is learned late
   * reaches until now, because bars that have closed since may be made of it
   */
  hole(hole: Hole, facts?: EventFacts): Out;
  /**
   * Says that rows up to `time` (microseconds, UTC) are to wait no longer for other instruments: they go out with what is
   * known, not complete where something may be missing. Bars are untouched: late trades still enter theirs, and stand in later rows. A
   * chain of one instrument, whose rows never wait, takes it without effect. A service calls it by its own clock; history has none.
   * @throws {MinotaurError} of kind `input` for what is no time of the driving instrument
   */
  release(time: number, facts?: EventFacts): Out;
}

/** Has a state that can be taken away and put back. */
export interface Stateful<Taken = Uint8Array<ArrayBuffer>, Given = Uint8Array> {
  /**
   * The whole state, inside half-built bars too. `over` is one that nobody needs any more: a chain writes into its bytes and gives them again
   * where they are as many, which spares whoever takes thousands of them the memory.
   */
  snapshot(over?: Taken): Taken;
  /**
   * Puts the state of a snapshot in place; refuses one of another schema, naming the first difference. Where what follows is
   * another history than what followed then, as where a hole has been filled, `epoch` is the one that begins.
   */
  restore(state: Given, epoch?: number): void;
}

/** Says what it is and how far it has come. */
export interface Described {
  /** What the configuration came to; it can be shared by any number of chains. */
  readonly plan: Plan;
  /** Identity of the chain; snapshots, rows and artefacts of another are refused. */
  readonly schema: Schema;
  /** Names of the values of a row, in order. */
  readonly columns: readonly string[];
  /** Which cold start of its rows this is; a snapshot restores its own. */
  epoch(): number;
  /** Counts so far. */
  counts(): EngineCounts;
  /** The newest event that was used; undefined before the first. */
  lastEvent(): LastEvent | undefined;
}

/** What a chain is given of the runtime that it runs in. */
export interface EngineOptions {
  /** Of snapshots; plain JavaScript where absent, which gives the same bytes. */
  readonly hashing?: Hashing | undefined;
  /** Which cold start of its rows this is, from 0 on: rows of another are other rows. Default 0. */
  readonly epoch?: number | undefined;
}

/** The chain: trades or bars in, rows and bars out to the sinks, its whole state in a snapshot. */
export interface Engine extends Feed, Stateful, Described {}

/** How far a chain has come. */
export interface LastEvent {
  /** Trades and given bars before it, since the cold start, of all instruments. */
  readonly ordinal: number;
  /** Event time that the chain has come to, microseconds: of the newest event of any instrument, or a later watermark. */
  readonly time: number;
  /** The same of each instrument by itself, where there are several; 0 of one that has had none. */
  readonly instruments?: Readonly<Record<string, number>>;
}

/** Closed bars of one clock, with all columns of its graph; rows [from, to) of `data`, valid during the call. */
export interface BarRows {
  /** Name of the clock. */
  readonly clock: string;
  /** Column by column, as the clock's graph has them; see {@link Plan.clocks}. */
  readonly data: readonly Float64Array[];
  /** First row that closed in this step. */
  readonly from: number;
  /** One past the last. */
  readonly to: number;
}

/**
 * Who is told of what comes out of the chain; all of it valid during the call only. From within a sink nothing is pushed and no
 * snapshot taken: the state is between two events only when the call that told it has returned. After a sink or an operator has thrown, the engine
 * refuses every call; its last snapshot goes on in another.
 */
export interface EngineSinks {
  /** Rows as they are emitted. */
  readonly onRows?: RowSink;
  /** Bars as they close, clock by clock. */
  readonly onBars?: (bars: BarRows) => void;
  /** Holes, found or declared, each before the first row that is not complete because of it; and the name of the instrument. */
  readonly onHole?: (hole: Hole, instrument: string) => void;
  /** Everything that was wrong with a trade or given bar, in order, whatever became of it; and the name of the instrument. */
  readonly onNotice?: (notice: Notice, instrument: string) => void;
}

/** What the engine has taken and made since its first trade, across snapshots; of all instruments together. */
export interface EngineCounts extends IntakeCounts {
  /** Bars closed, by clock. */
  readonly bars: Readonly<Record<string, number>>;
  /** Rows emitted. */
  readonly rows: number;
  /** Rows that wait for another instrument, and are not among `rows`. */
  readonly waitingRows: number;
  /** Holes: those that were declared, and gaps of ids that are none officially. */
  readonly holes: number;
  /** Rows of series that were left out because they are of an earlier time than one before them; where there are series. */
  readonly older?: Readonly<Record<string, number>>;
  /** Of each instrument by itself, where there are several. */
  readonly instruments?: Readonly<Record<string, IntakeCounts>>;
}
