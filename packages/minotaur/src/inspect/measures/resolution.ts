/** How fine times are, whatever unit they are written in. */
import type { Taken } from './taken.ts';

/** Of the times of the rows. */
export interface ResolutionReport {
  /** The coarsest unit that all times are whole numbers of; null of no times. */
  readonly unit: 'us' | 'ms' | 's' | null;
  /** Share of times that are whole seconds. */
  readonly wholeSeconds: number;
  /** Share of times that are whole milliseconds. */
  readonly wholeMillis: number;
}

export function createResolution() {
  let [rows, millis, seconds] = [0, 0, 0];
  return {
    add({ source, from, to }: Taken): void {
      const { time } = source.block;
      for (let i = from; i < to; i++) {
        if (time[i] !== time[i]) continue;
        rows++;
        if (time[i] % 1000 !== 0) continue;
        millis++;
        if (time[i] % 1_000_000 === 0) seconds++;
      }
    },
    report(): ResolutionReport {
      const unit = rows === 0 ? null : seconds === rows ? 's' : millis === rows ? 'ms' : 'us';
      return { unit, wholeSeconds: rows === 0 ? 0 : seconds / rows, wholeMillis: rows === 0 ? 0 : millis / rows };
    },
  };
}
