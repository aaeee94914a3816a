import { MICROS_PER_DAY } from '../../core/time.ts';
import { operator } from '../operator.ts';
import { month } from './civil.ts';

/**
 * Month of the year in UTC, 1 to 12, of a time in microseconds since the epoch.
 *
 * Cost: 12 ns a row.
 */
export const monthOfYear = operator({
  name: 'month_of_year',
  family: 'calendar',
  version: 1,
  summary: 'Month of the year, UTC, 1 to 12',
  formula: 'month of the proleptic Gregorian date of the time',
  source: 'pandas DatetimeIndex.month',
  inputs: ['availableAt'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const day = Math.floor(time[i] / MICROS_PER_DAY);
      out[i] = day === day ? month(day) : NaN;
    }
  },
});
