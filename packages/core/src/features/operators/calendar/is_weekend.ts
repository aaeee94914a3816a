import { operator } from '../../contract/operator.ts';
import { weekday, writeOfDay } from '../../kernels/civil.ts';

/**
 * Flag: 1 on Saturdays and Sundays in UTC, of a time in microseconds since the epoch.
 *
 * Cost: 3 ns a row, more where the day changes.
 */
export const isWeekend = operator({
  name: 'is_weekend',
  family: 'calendar',
  version: 1,
  summary: '1 on Saturday and Sunday, UTC',
  formula: 'day_of_week >= 5 ? 1 : 0',
  source: 'plain',
  inputs: ['available_at'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: out } }, from, to) => writeOfDay(time, out, from, to, weekendFlag),
  instruction: { name: 'is_weekend' },
});

function weekendFlag(day: number): number {
  const at = weekday(day);
  return at >= 5 ? 1 : at * 0;
}
