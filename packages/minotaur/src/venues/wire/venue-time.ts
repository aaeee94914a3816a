/**
 * What time it is at the venue at least, by the times of its trades and a clock that never jumps: however wrong the clock of this
 * machine is set, or is set right meanwhile, it says nothing of a market.
 */
import { createClockOffset } from './clock-offset.ts';

export interface VenueTime {
  /** A trade of `time` in microseconds came, `now` by the monotonic clock in milliseconds. */
  add(time: number, now: number): void;
  /** Microseconds, the shortest way of a trade behind the venue's own; NaN before the first trade. */
  at(now: number): number;
}

export function createVenueTime(): VenueTime {
  const ahead = createClockOffset();
  // A market that is silent for longer than is measured has not stood still.
  let known = NaN;
  return {
    add: (time, now) => ahead.add(time, 1000 * now),
    at(now) {
      const value = ahead.value(1000 * now);
      if (value === value) known = value;
      return 1000 * now - known;
    },
  };
}
