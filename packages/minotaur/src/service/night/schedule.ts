/** Which day is to be compared with the venue's file of it, and when. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';

/** Microseconds of an hour. */
const HOUR = 3_600_000_000;
/** Files of a day are there some hours after it. */
const BY_DEFAULT = 4 * HOUR;

/** When in a day the day before is compared: microseconds since midnight, UTC. `daily`, or `daily@HH:MM`. */
export function dailyTime(text: string): number {
  if (text === 'daily') return BY_DEFAULT;
  const [, hours = '', minutes = ''] = /^daily@([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === '') return fail('config', 'shadow', 'daily, or daily@HH:MM (UTC)', `'${text}'`);
  return Number(hours) * HOUR + Number(minutes) * 60_000_000;
}

/** The newest day whose comparison is due at `wall`, as 2024-08-08. */
export function dayDue(wall: number, at: number): string {
  return formatTime(wall - at - MICROS_PER_DAY).slice(0, 10);
}
