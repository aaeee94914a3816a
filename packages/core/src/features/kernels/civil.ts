/**
 * Dates of the proleptic Gregorian calendar from days since 1970-01-01, in integer arithmetic; no time zone, no locale.
 * Times that are exact in a double are within 105,000 days of the epoch.
 *
 * Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms (civil_from_days).
 */
import { MICROS_PER_DAY } from '../../base/time.ts';

/** Days from 0000-03-01, where the years of the algorithm begin, to 1970-01-01. */
const EPOCH = 719_468;
const DAYS_IN_ERA = 146_097;

/** Days since the era of 400 years began. */
function dayOfEra(day: number): number {
  return ((day + EPOCH) | 0) % DAYS_IN_ERA;
}

/** Years of the era, 0 to 399, that begin in March, so that a leap day is their last. */
function yearOfEra(era: number): number {
  const leapDays = ((era / 1460) | 0) - ((era / 36_524) | 0) + ((era / 146_096) | 0);
  return ((era - leapDays) / 365) | 0;
}

/** Days since the first of March, 0 to 365. */
function dayFromMarch(era: number, year: number): number {
  return era - (365 * year + (year >> 2) - ((year / 100) | 0));
}

/** Months since March, 0 to 11. */
function monthFromMarch(days: number): number {
  return ((5 * days + 2) / 153) | 0;
}

/** Monday 0 to Sunday 6. */
export function weekday(day: number): number {
  const shifted = day + 3;
  return shifted - Math.floor(shifted / 7) * 7;
}

/** 1 to 31. */
export function monthDay(day: number): number {
  const era = dayOfEra(day);
  const days = dayFromMarch(era, yearOfEra(era));
  return days - (((153 * monthFromMarch(days) + 2) / 5) | 0) + 1;
}

/** 1 to 12. */
export function month(day: number): number {
  const era = dayOfEra(day);
  const fromMarch = monthFromMarch(dayFromMarch(era, yearOfEra(era)));
  return fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
}

/** Days since the first of January, 0 to 365. */
function dayOfYear(day: number): number {
  const era = dayOfEra(day);
  const year = yearOfEra(era);
  const days = dayFromMarch(era, year);
  if (days >= 306) return days - 306;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return days + (leap ? 60 : 59);
}

/** ISO 8601 week, 1 to 53: the week of a day is numbered by the year that its Thursday lies in. */
export function isoWeek(day: number): number {
  return ((dayOfYear(day - weekday(day) + 3) / 7) | 0) + 1;
}

/** Writes what `of` says of the day of each time, NaN where that is NaN; rows of one day ask once. */
export function writeOfDay(
  time: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  of: (day: number) => number,
): void {
  let today = NaN;
  let value = NaN;
  for (let i = from; i < to; i++) {
    const day = Math.floor(time[i] / MICROS_PER_DAY);
    if (day !== today) {
      today = day;
      value = day === day ? of(day) : NaN;
    }
    out[i] = value;
  }
}
