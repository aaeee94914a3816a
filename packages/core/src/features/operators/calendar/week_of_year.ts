import { operator } from '../../contract/operator.ts';
import { isoWeek, writeOfDay } from '../../kernels/civil.ts';

/**
 * Week of the year in UTC by ISO 8601, 1 to 53, of a time in microseconds since the epoch. Week 1 holds the first
 * Thursday of the year, so the first days of January can lie in week 52 or 53.
 *
 * Cost: 3 ns a row, more where the day changes.
 */
export const weekOfYear = operator({
  name: 'week_of_year',
  family: 'calendar',
  version: 1,
  summary: 'ISO week of the year, UTC, 1 to 53',
  formula: '1 + floor(day of the year of the Thursday of the same week / 7)',
  source: 'ISO 8601; pandas DatetimeIndex.isocalendar',
  inputs: ['available_at'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: out } }, from, to) => writeOfDay(time, out, from, to, isoWeek),
  instruction: { name: 'week_of_year' },
});
