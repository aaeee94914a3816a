/**
 * How far this machine's clock is ahead of the venue's: the least time that a trade took to come here, of the last minutes. It
 * holds the shortest way of a trade too, so what is below zero is a clock that is wrong, and so is much above it.
 */

/** Microseconds of one part of the window, and parts. */
const PART = 30_000_000;
const PARTS = 10;

export interface ClockOffset {
  add(time: number, arrival: number): void;
  /** Microseconds; NaN where nothing came in the last minutes. */
  value(arrival: number): number;
}

export function createClockOffset(): ClockOffset {
  const least = new Float64Array(PARTS).fill(NaN);
  const of = new Float64Array(PARTS).fill(NaN);
  return {
    add(time, arrival) {
      const part = Math.floor(arrival / PART);
      const i = part % PARTS;
      const took = arrival - time;
      if (of[i] === part && least[i] <= took) return;
      of[i] = part;
      least[i] = took;
    },
    value(arrival) {
      const oldest = Math.floor(arrival / PART) - PARTS;
      const recent = least.filter((_, i) => of[i] > oldest);
      return recent.length === 0 ? NaN : Math.min(...recent);
    },
  };
}
