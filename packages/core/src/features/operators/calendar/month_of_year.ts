import { operator } from '../../contract/operator.ts';
import { month, writeOfDay } from '../../kernels/civil.ts';

/**
 * Month of the year in UTC, 1 to 12, of a time in microseconds since the epoch.
 *
 * Cost: 3 ns a row, more where the day changes.
 */
export const monthOfYear = operator({
  name: 'month_of_year',
  family: 'calendar',
  version: 1,
  summary: 'Month of the year, UTC, 1 to 12',
  formula: 'month of the proleptic Gregorian date of the time',
  source: 'pandas DatetimeIndex.month',
  inputs: ['available_at'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: out } }, from, to) => writeOfDay(time, out, from, to, month),
  instruction: { name: 'month_of_year' },
});
