/** Bars of bars: a clock that merges the bars of another, by count or by traded value. */
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import { writeBar, type BarTable, type Closing } from './bar.ts';
import type { Follower } from './clock.ts';
import { reachSum, restartSum } from './kind.ts';
import { mergePart } from './merge.ts';
import { clearPart, DOLLARS, isEmpty, PART_SLOTS, VOLUME } from './part.ts';

export interface DerivedClockOptions {
  /** Which quantity of the constituents is counted. */
  readonly by: 'count' | 'dollarVolume' | 'volume';
  readonly threshold: number;
  readonly carry: boolean;
}

const ORDINAL = 0;
const OPEN_TIME = 1;
const CLOSE_TIME = 2;
/** The exact sum of what is counted. */
const PROGRESS = 3;
const PART = 5;
export const DERIVED_SLOTS = PART + PART_SLOTS;

/** `state` holds DERIVED_SLOTS zeros at the start. */
export function createDerivedClock(
  { by, threshold, carry }: DerivedClockOptions,
  table: BarTable,
  state: Float64Array,
  followers: readonly Follower[],
): Follower {
  const part = state.subarray(PART, PART + PART_SLOTS);
  const progress = state.subarray(PROGRESS, PROGRESS + 2);
  const counted = new Float64Array(1);
  const closing: Closing = { openTime: 0, closeTime: 0, availableAt: 0, partial: 0, event: 0 };

  function close(availableAt: number, partial: number, event: number): void {
    closing.openTime = state[OPEN_TIME];
    closing.closeTime = state[CLOSE_TIME];
    closing.availableAt = availableAt;
    closing.partial = partial;
    closing.event = event;
    writeBar(table, part, closing, state[ORDINAL]++);
    for (const follower of followers) follower.absorb(part, closing);
    clearPart(part);
  }

  function weight(bar: Float64Array): number {
    if (by === 'count') return 1;
    return by === 'volume' ? bar[VOLUME] + bar[VOLUME + 1] : bar[DOLLARS] + bar[DOLLARS + 1];
  }

  return {
    absorb(bar, parent) {
      if (isEmpty(part)) state[OPEN_TIME] = parent.openTime;
      state[CLOSE_TIME] = parent.closeTime;
      mergePart(part, bar);
      counted[0] = weight(bar);
      if (counted[0] !== counted[0]) {
        fail(
          'input',
          `bar that ends at ${formatTime(parent.closeTime)}`,
          `${by === 'volume' ? 'volume' : 'dollar_volume'} to count`,
          'NaN',
        );
      }
      if (reachSum(progress, counted, 0, 1, threshold) === 1) return;
      close(parent.availableAt, 0, parent.event);
      restartSum(progress, threshold, carry);
    },
    cut(known, event) {
      if (!isEmpty(part)) close(known, 1, event);
      for (const follower of followers) follower.cut?.(known, event);
      progress.fill(0);
    },
  };
}
