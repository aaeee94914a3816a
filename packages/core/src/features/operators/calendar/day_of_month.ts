import { operator } from '../../contract/operator.ts';
import { monthDay, writeOfDay } from '../../kernels/civil.ts';

/**
 * Day of the month in UTC, 1 to 31, of a time in microseconds since the epoch.
 *
 * Cost: 3 ns a row, more where the day changes.
 */
export const dayOfMonth = operator({
  name: 'day_of_month',
  family: 'calendar',
  version: 1,
  summary: 'Day of the month, UTC, 1 to 31',
  formula: 'day of the proleptic Gregorian date of the time',
  source: 'pandas DatetimeIndex.day',
  inputs: ['available_at'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: out } }, from, to) => writeOfDay(time, out, from, to, monthDay),
  instruction: { name: 'day_of_month' },
});
