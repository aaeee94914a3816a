/** What an intake is to the chain, and how it is told to handle what is wrong with trades. */
import type { Instrument } from './instrument.ts';
import type { Handling, Notice } from './notices.ts';
import type { Tape } from './tape.ts';
import type { TradeBlock } from './trade.ts';

/** How each kind of problem is handled; the same in history and live. */
export interface IntakePolicy {
  /** A trade whose id was seen before. */
  readonly duplicates: Handling;
  /**
   * A late trade: it steps back in time, or its id is behind the newest and was not seen. Kept, it stands at the time it
   * became known: that of the trade before.
   */
  readonly disorder: Handling;
  /** A price or quantity that cannot be, a time that is no integer, an id that is none of the instrument's kind. */
  readonly invalid: 'reject' | 'drop';
  /** A time that cannot be: outside the instrument's, far from the arrival, or long after the trade before. */
  readonly times: 'reject' | 'drop';
  /** A range of ids that never came. There is nothing to drop: it is reported, or rejects the run. */
  readonly gaps: 'reject' | 'keep';
  /** Where the source has no side: leave it unknown, or take the tick rule (up-tick bought, down-tick sold, else as before). */
  readonly side: 'none' | 'tickRule';
  /** Late trades are put in order, where they are late by at most `within`; absent: they are not. */
  readonly reorder?: { readonly within: string } | undefined;
}

export const DEFAULT_POLICY: IntakePolicy = {
  duplicates: 'drop',
  disorder: 'reject',
  invalid: 'drop',
  times: 'reject',
  gaps: 'keep',
  side: 'none',
};

/** Trades taken, and problems met that did not end the run. */
export interface IntakeCounts {
  /** Trades that entered the chain. */
  readonly trades: number;
  /** Ids seen before. */
  readonly duplicate: number;
  /** Trades that came late, by time or id. */
  readonly disorder: number;
  /** Trades with a price, quantity, time or id that cannot be; given bars that cannot be. */
  readonly invalid: number;
  /** Trades of times that cannot be. */
  readonly time: number;
  /** Ranges of missing ids. */
  readonly gap: number;
  /** Ids missing in those ranges. */
  readonly missing: number;
  /** Trades left out. */
  readonly dropped: number;
  /** Trades that wait for those before them, and are not among `trades`. */
  readonly waiting: number;
  /** Trades that waited less than `within`, because too many did. */
  readonly crowded: number;
}

/** When events were received, microseconds by the feed's clock: one time, or one for each trade of a block. */
export type Arrival = number | Float64Array;

export interface Intake {
  /** What the times of the next trades are held against; an arrival, or else the longest silence. */
  expect(arrival: Arrival | undefined, maxSilence?: number): void;
  /** Why an event of that time, received then, cannot be; undefined where it can. */
  implausible(time: number, row?: number): readonly [expected: string, found: string] | undefined;
  /**
   * Reads rows [from, to) of `block` onto the tape, from its row 0. Returns the index one past the last row read: less
   * than `to` where that row is {@link rejected}, which a notice then says, or where those that are {@link due} have to be
   * used first. What is rejected leaves no trace. Where trades are due, read nothing to have more of them.
   */
  read(block: TradeBlock, from: number, to: number, tape: Tape): number;
  /** Whether the row at which the last reading ended is rejected. */
  readonly rejected: boolean;
  /** Trades that wait no longer, for which the tape had no room. */
  readonly due: number;
  /** Lets all trades before `time` wait no longer: none will come before it. */
  letGo(time: number): void;
  /** Raises the time below which trades are late; false where it would step back. */
  watermark(time: number): boolean;
  /**
   * An event of `time` comes that is no trade: the newest reset of the instrument up to then that none has come to before, NaN where
   * there is none. Of trades the tape says it.
   */
  reset(time: number): number;
  /** Time of the newest reset that an event has come to; -Infinity where there is none. */
  readonly since: number;
  /** Ordinal of the next trade, given bars included. */
  readonly next: number;
  /** Event time of the newest trade or watermark; 0 before the first. */
  readonly newest: number;
  /** The same of what has come, also where it waits. */
  readonly come: number;
  /** Gives a given bar its place among the trades. */
  countBar(): number;
  /** Counts and reports a given bar that is none, and what becomes of it. */
  invalidBar(handling: Handling, expected: string, found: string): void;
  counts(): IntakeCounts;
  /** The state was replaced. */
  restored(): void;
  /** Trades that wait. In a snapshot each needs WAITING_DOUBLES, and the words of its id. */
  readonly waiting: number;
  saveWaiting(doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
  loadWaiting(count: number, doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
}

/** An intake that takes trades as they stand. */
export interface PlainIntake extends Intake {
  /** What becomes of row `i` by itself, its place in time being from `open` on, where `newest` came last. */
  admit(block: TradeBlock, i: number, newest: number, open: number, disorder: Handling): Handling;
  implausible(time: number, row?: number, newest?: number): readonly [expected: string, found: string] | undefined;
  /** Tells of what {@link admit} met. */
  tell(): void;
}

export interface IntakeOptions {
  readonly policy: IntakePolicy;
  readonly instrument: Instrument;
  /** INTAKE_SLOTS zeros at the start. */
  readonly state: Float64Array;
  /** `intakeWords` zeros at the start. */
  readonly words: Uint32Array;
  /** Hears of every problem, in order. */
  readonly report: (notice: Notice) => void;
}
