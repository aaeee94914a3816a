/** Whether bars are of the market that rows were made of: labels of other bars would look like labels all the same. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { BarPrices } from 'minotaur-core/internal/labels/labels-first-touch';

/** Of the rows that bars lie around, more than so many may not lie outside of them; fewer are what boundaries and rounding do. */
const OUTSIDE = 0.1;
/** Rows by which nothing is told yet. */
const FEW = 5;

export interface BarAgreement {
  /** The next bars, in order. */
  add(bars: BarPrices): void;
  /** Nothing comes after them. @throws where the rows are of another market */
  finish(): void;
}

interface Range {
  readonly open: number;
  readonly known: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A row's close was traded in the bar around its time or in the one before, so it lies between their low and high. `file` is that of
 * the rows, `time` when each was known, `close` its price.
 */
export function createBarAgreement(file: string, time: Float64Array, close: Float64Array): BarAgreement {
  let [before, newest] = [undefined, undefined] as (Range | undefined)[];
  let [row, checked, outside] = [0, 0, 0];
  let first = '';
  const check = (): void => {
    if (newest === undefined || close[row] !== close[row]) return;
    const low = Math.min(newest.low, before?.low ?? Infinity);
    const high = Math.max(newest.high, before?.high ?? -Infinity);
    checked++;
    if (close[row] >= low && close[row] <= high) return;
    if (outside++ === 0)
      first = `row ${row + 1} of ${formatTime(time[row])} at ${close[row]}, the bars from ${low} to ${high}`;
  };
  return {
    add(bars) {
      for (let i = 0; i < bars.length; i++) {
        const bar = { open: bars.open_time[i], known: bars.available_at[i], low: bars.low[i], high: bars.high[i] };
        for (; row < time.length && time[row] < bar.open; row++) if (newest !== undefined) check();
        [before, newest] = [newest, bar];
      }
    },
    finish() {
      const last = newest?.known ?? -Infinity;
      for (; row < time.length && time[row] <= last; row++) check();
      if (checked < FEW || outside <= OUTSIDE * checked) return;
      const expected = 'bars of the market that the rows were made of: the close of a row within those around it';
      fail('input', file, expected, `${outside} of ${checked} rows outside; ${first}`);
    },
  };
}
