/** When the market is open, hour of the week by hour of the week, UTC. */
import { FIRST_MONDAY, MICROS_PER_HOUR } from 'minotaur-core/internal/base/time';
import type { Taken } from './taken.ts';

export const HOURS = 168;

/** Hours of the week, 0 the first of Monday. */
export interface SessionsReport {
  /** Trades of each. */
  readonly trades: readonly number[];
  /** How many of each the span has from beginning to end. */
  readonly covered: readonly number[];
  /** Hours of the week that the span has, and nothing was traded in. */
  readonly closed: readonly number[];
}

export function createSessions() {
  const trades = new Float64Array(HOURS);
  let [from, to] = [Infinity, -Infinity];
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        trades[hourOf(tape.time[i]) % HOURS]++;
        if (tape.time[i] < from) from = tape.time[i];
        if (tape.time[i] > to) to = tape.time[i];
      }
    },
    report(): SessionsReport {
      const covered = coveredHours(from, to);
      const closed = covered.flatMap((times, hour) => (times > 0 && trades[hour] === 0 ? [hour] : []));
      return { trades: [...trades], covered, closed };
    },
  };
}

/** Hours since a Monday. */
const hourOf = (time: number): number => Math.floor((time - FIRST_MONDAY) / MICROS_PER_HOUR);

/** Whole hours between two times, by the hour of the week. */
function coveredHours(from: number, to: number): number[] {
  const covered = Array.from({ length: HOURS }, () => 0);
  if (from > to) return covered;
  const [first, end] = [Math.ceil((from - FIRST_MONDAY) / MICROS_PER_HOUR), hourOf(to)];
  const whole = Math.max(0, end - first);
  const weeks = Math.floor(whole / HOURS);
  for (let hour = 0; hour < HOURS; hour++) covered[hour] = weeks;
  for (let i = weeks * HOURS; i < whole; i++) covered[(first + i) % HOURS]++;
  return covered;
}
