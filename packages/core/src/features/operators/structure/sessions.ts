import { MICROS_PER_DAY, MICROS_PER_HOUR, floorTo } from '../../../base/time.ts';
import { operator } from '../../contract/operator.ts';

/**
 * Flags of the trading sessions by the hour of the day in UTC, the year round (no daylight saving time): Asia from 00:00 to
 * before 08:00, London from 07:00 to before 16:00, New York from 12:00 to before 21:00.
 *
 * Cost: 4 ns a row.
 */
export const sessions = operator({
  name: 'sessions',
  family: 'structure',
  version: 1,
  summary: 'Trading sessions, UTC',
  formula: 'asia: hour 0 to 7; london: hour 7 to 15; new_york: hour 12 to 20',
  source: 'own hours',
  inputs: ['available_at'],
  outputs: ['asia', 'london', 'new_york'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: time }, out: { 0: asia, 1: london, 2: newYork } }, from, to) => {
    for (let i = from; i < to; i++) {
      const hour = (time[i] - floorTo(time[i], MICROS_PER_DAY)) / MICROS_PER_HOUR;
      const known = hour === hour;
      asia[i] = !known ? NaN : hour < 8 ? 1 : 0;
      london[i] = !known ? NaN : hour >= 7 && hour < 16 ? 1 : 0;
      newYork[i] = !known ? NaN : hour >= 12 && hour < 21 ? 1 : 0;
    }
  },
});
