/**
 * Clocks over trades: they decide where bars end, fill parts, write closed bars and hand them to the clocks derived from
 * them, at once, so that a medium bar that closes with a short one has closed by the same event.
 *
 * All state is in slots, so a snapshot in the middle of a bar is a copy of them.
 */
import { lowerBound, type Tape } from '../trades/tape.ts';
import { writeBar, type BarTable, type Closing } from './bar.ts';
import type { Grid } from './grid.ts';
import type { EndRule } from './kind.ts';
import {
  addTrades,
  clearPart,
  CLOSE,
  CLOSE_TIME,
  finishPart,
  HIGH,
  isEmpty,
  LOW,
  OPEN,
  OPEN_TIME,
  PART_SLOTS,
} from './part.ts';

/** A clock that makes its bars from those of another. */
export interface Follower {
  /** Takes one closed bar of its parent. */
  absorb(part: Float64Array, closing: Closing): void;
  /** The anchor of its parent has ended everything; that was known at `known`. */
  cut?(known: number, event: number): void;
  /** A parent of time bars has handed over every bar that ends at or before `time`, which was not known before `known`. */
  advance?(time: number, known: number, event: number): void;
  /** As {@link TradeClock.stride}; Infinity where absent. */
  stride?(): number;
}

/** Flat bars that a clock closes in one silence at most; then it rests until the next trade, and none stand for the rest. */
export const MAX_SILENT = 1_048_576;

/** Bars that a clock may close in one step, so that a silence of years needs no more memory than a minute. */
export const STEP_BARS = 512;

/** A clock that makes its bars from trades. */
export interface TradeClock {
  /** Uses trades [from, to) of the tape. */
  consume(tape: Tape, from: number, to: number): void;
  /** Closes what ends at or before `time` although no trade has come; `event` orders it before the next trade. */
  advance(time: number, event: number): void;
  /** How far time may move without a trade in one step, microseconds, so that few bars close; Infinity while none can. */
  stride(): number;
}

const ORDINAL = 0;
/** The next boundary of the grid; 0 before the first trade. */
const BOUNDARY = 1;
const LAST_CLOSE = 2;
/** Flat bars closed since the last one with a trade. */
const SILENT = 3;
const PART = 4;
/** Slots of a clock over trades, to which a rule adds its own. */
export const CLOCK_SLOTS = PART + PART_SLOTS;

export interface RuleClockOptions {
  readonly rule: EndRule;
  /** Ends the open bar at its boundaries, marked partial. */
  readonly anchor: Grid | undefined;
  /** Microseconds that trades wait to be put in order: a bar is available so long after its event. */
  readonly delay: number;
}

/** What closes a bar of either sort of clock, and hands it on. */
function createCloser(table: BarTable, state: Float64Array, part: Float64Array, followers: readonly Follower[]) {
  const closing: Closing = { openTime: 0, closeTime: 0, availableAt: 0, partial: 0, event: 0 };
  return (openTime: number, closeTime: number, availableAt: number, partial: number, event: number): void => {
    closing.openTime = openTime;
    closing.closeTime = closeTime;
    closing.availableAt = availableAt;
    closing.partial = partial;
    closing.event = event;
    finishPart(part);
    writeBar(table, part, closing, state[ORDINAL]++);
    for (const follower of followers) follower.absorb(part, closing);
    state[LAST_CLOSE] = part[CLOSE];
    clearPart(part);
  };
}

/** A clock whose bars end with the trade that a rule finds. `state` holds CLOCK_SLOTS + rule.slots zeros at the start. */
export function createRuleClock(
  { rule, anchor, delay }: RuleClockOptions,
  table: BarTable,
  state: Float64Array,
  followers: readonly Follower[],
): TradeClock {
  const part = state.subarray(PART, PART + PART_SLOTS);
  const close = createCloser(table, state, part, followers);
  const progress = state.subarray(CLOCK_SLOTS, CLOCK_SLOTS + rule.slots);

  function closeWith(tape: Tape, i: number): void {
    close(part[OPEN_TIME], tape.time[i], tape.time[i] + delay, 0, 2 * (tape.first[0] + i) + 1);
    rule.restart(progress);
  }

  function cut(event: number): void {
    const known = state[BOUNDARY] + delay;
    if (!isEmpty(part)) close(part[OPEN_TIME], part[CLOSE_TIME], known, 1, event);
    for (const follower of followers) follower.cut?.(known, event);
    // Nothing is carried over a boundary: a day's bars depend on that day alone.
    progress.fill(0);
    state[BOUNDARY] = 0;
  }

  return {
    consume(tape, from, to) {
      let i = from;
      while (i < to) {
        let limit = to;
        if (anchor !== undefined) {
          if (state[BOUNDARY] !== 0 && tape.time[i] >= state[BOUNDARY]) cut(2 * (tape.first[0] + i));
          if (state[BOUNDARY] === 0) state[BOUNDARY] = anchor.after(tape.time[i]);
          limit = lowerBound(tape.time, state[BOUNDARY], i, to);
        }
        const at = rule.reach(progress, tape, i, limit);
        const end = at < limit ? at + 1 : limit;
        addTrades(part, tape, i, end);
        if (at < limit) closeWith(tape, at);
        i = end;
      }
    },
    advance(time, event) {
      if (anchor !== undefined && state[BOUNDARY] !== 0 && time >= state[BOUNDARY]) cut(event);
    },
    stride: () => Infinity,
  };
}

export interface IntervalClockOptions {
  /** Where intervals end. */
  readonly grid: Grid;
  /** An interval without trades gives a flat bar at the last close; false: no bar. */
  readonly carryEmpty: boolean;
  /** As {@link RuleClockOptions.delay}. */
  readonly delay: number;
}

/** A clock whose bars are the intervals [a, b) of event time. `state` holds CLOCK_SLOTS zeros at the start. */
export function createIntervalClock(
  { grid, carryEmpty, delay }: IntervalClockOptions,
  table: BarTable,
  state: Float64Array,
  followers: readonly Follower[],
): TradeClock {
  const part = state.subarray(PART, PART + PART_SLOTS);
  const close = createCloser(table, state, part, followers);

  /** Closes the open interval and, as the case is, the silent ones after it, up to `time`. */
  function closeUntil(time: number, event: number): void {
    while (state[BOUNDARY] <= time) {
      if (isEmpty(part)) {
        if (!carryEmpty || state[SILENT] >= MAX_SILENT) {
          state[BOUNDARY] = grid.after(time);
          break;
        }
        if (!grid.isCarried(state[BOUNDARY])) {
          state[BOUNDARY] = grid.after(state[BOUNDARY]);
          continue;
        }
        state[SILENT]++;
        part[OPEN] = part[HIGH] = part[LOW] = part[CLOSE] = state[LAST_CLOSE];
      } else state[SILENT] = 0;
      const end = state[BOUNDARY];
      close(grid.before(end), end, end + delay, 0, event);
      state[BOUNDARY] = grid.after(end);
    }
    for (const follower of followers) follower.advance?.(time, 0, event);
  }

  return {
    consume(tape, from, to) {
      let i = from;
      while (i < to) {
        if (state[BOUNDARY] === 0) state[BOUNDARY] = grid.after(tape.time[i]);
        if (tape.time[i] >= state[BOUNDARY]) closeUntil(tape.time[i], 2 * (tape.first[0] + i));
        const end = lowerBound(tape.time, state[BOUNDARY], i, to);
        addTrades(part, tape, i, end);
        i = end;
      }
    },
    advance(time, event) {
      if (state[BOUNDARY] !== 0) closeUntil(time, event);
    },
    stride: () => (isEmpty(part) && (!carryEmpty || state[SILENT] >= MAX_SILENT) ? Infinity : grid.every * STEP_BARS),
  };
}
