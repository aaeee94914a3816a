import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';

/** The calendar, weekdays and leap days included, repeats after 28 years (from 1901 to 2099). Microseconds. */
export const AGE_OF_CALENDAR = 10_227 * MICROS_PER_DAY;
