/** Time bars from time bars: a clock that merges the bars of another by the interval in which they open. */
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import { writeBar, type BarTable, type Closing } from './bar.ts';
import { MAX_SILENT, STEP_BARS, type Follower } from './clock.ts';
import type { Grid } from './grid.ts';
import { mergePart } from './merge.ts';
import { clearPart, CLOSE, HIGH, isEmpty, LOW, OPEN, PART_SLOTS } from './part.ts';

export interface ResampledClockOptions {
  /** Where intervals end. */
  readonly grid: Grid;
  /** An interval in which no bar of the parent opens gives a flat bar at the last close; false: no bar. */
  readonly carryEmpty: boolean;
  /** Microseconds that the trades of its parent's bars wait to be put in order; 0 for given bars. */
  readonly delay: number;
}

/** Many venues give the last millisecond of a bar as its end; a bar that ends there ends with the interval. */
const LAST_MILLISECOND = 1000;

/** How far before the end of an interval its last bar may end. */
function slackOf({ openTime, closeTime }: Closing): number {
  return Math.min(LAST_MILLISECOND, (closeTime - openTime) / 2);
}

const ORDINAL = 0;
/** End of the open interval; 0 before the first bar. */
const END = 1;
const LAST_CLOSE = 2;
/** Flat bars closed since the last one with a part. */
const SILENT = 3;
const PART = 4;
export const RESAMPLED_SLOTS = PART + PART_SLOTS;

/**
 * An interval ends with the bar of the parent that ends there. Where that bar is missing, it ends with the first event after which
 * none can come: for a parent that is made of trades, the passing of event time; for given bars, which may be late, the first bar
 * that opens at or after the end, and then it is available when that bar is. `state` holds RESAMPLED_SLOTS zeros at the start.
 */
export function createResampledClock(
  { grid, carryEmpty, delay }: ResampledClockOptions,
  table: BarTable,
  state: Float64Array,
  followers: readonly Follower[],
): Follower {
  const part = state.subarray(PART, PART + PART_SLOTS);
  const closing: Closing = { openTime: 0, closeTime: 0, availableAt: 0, partial: 0, event: 0 };

  function close(availableAt: number, event: number): void {
    closing.openTime = grid.before(state[END]);
    closing.closeTime = Math.min(state[END], availableAt);
    closing.availableAt = availableAt;
    closing.event = event;
    state[END] = grid.after(state[END]);
    state[LAST_CLOSE] = part[CLOSE];
    writeBar(table, part, closing, state[ORDINAL]++);
    for (const follower of followers) follower.absorb(part, closing);
    clearPart(part);
  }

  /** Closes the intervals that end at or before `time`; that they have ended was not known before `known`. */
  function closeUntil(time: number, known: number, event: number): void {
    while (state[END] <= time) {
      if (isEmpty(part)) {
        if (!carryEmpty || state[SILENT] >= MAX_SILENT) {
          state[END] = grid.after(time);
          break;
        }
        if (!grid.isCarried(state[END])) {
          state[END] = grid.after(state[END]);
          continue;
        }
        state[SILENT]++;
        part[OPEN] = part[HIGH] = part[LOW] = part[CLOSE] = state[LAST_CLOSE];
      }
      close(Math.max(state[END] + delay, known), event);
    }
    for (const follower of followers) follower.advance?.(time, known, event);
  }

  return {
    absorb(bar, parent) {
      if (state[END] === 0) state[END] = grid.after(parent.openTime);
      closeUntil(parent.openTime, parent.availableAt, parent.event);
      const start = grid.before(state[END]);
      if (parent.openTime < start) {
        fail(
          'input',
          `bar that ends at ${formatTime(parent.closeTime)}`,
          `open_time of at least ${formatTime(start)}, so that the bar is of one interval (\`input: { barTime: close }\` of a file whose times are those of closing)`,
          formatTime(parent.openTime),
        );
      }
      mergePart(part, bar);
      state[SILENT] = 0;
      if (parent.closeTime >= state[END] - slackOf(parent)) close(parent.availableAt, parent.event);
    },
    advance(time, known, event) {
      if (state[END] !== 0) closeUntil(time, known, event);
    },
    stride: () =>
      state[END] === 0 || (isEmpty(part) && (!carryEmpty || state[SILENT] >= MAX_SILENT))
        ? Infinity
        : grid.every * STEP_BARS,
  };
}
