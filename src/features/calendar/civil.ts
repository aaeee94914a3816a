/**
 * Dates of the proleptic Gregorian calendar from days since 1970-01-01, in integer arithmetic; no time zone, no locale.
 *
 * Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms (civil_from_days). NaN gives NaN.
 */

/** Days from 0000-03-01, where the years of the algorithm begin, to 1970-01-01. */
const EPOCH = 719_468;
const DAYS_IN_ERA = 146_097;

/** Years of the era, 0 to 399, that begin in March, so that a leap day is their last. */
function yearOfEra(era: number): number {
  const leapDays = Math.floor(era / 1460) - Math.floor(era / 36_524) + Math.floor(era / 146_096);
  return Math.floor((era - leapDays) / 365);
}

/** Days since the first of March, 0 to 365. */
function dayOfMarchYear(era: number, year: number): number {
  return era - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
}

/** Days since the era of 400 years began. */
function dayOfEra(day: number): number {
  const shifted = day + EPOCH;
  return shifted - Math.floor(shifted / DAYS_IN_ERA) * DAYS_IN_ERA;
}

/** Months since March, 0 to 11. */
function monthFromMarch(dayOfYear: number): number {
  return Math.floor((5 * dayOfYear + 2) / 153);
}

/** Monday 0 to Sunday 6. */
export function weekday(day: number): number {
  const shifted = day + 3;
  return shifted - Math.floor(shifted / 7) * 7;
}

/** 1 to 31. */
export function monthDay(day: number): number {
  const era = dayOfEra(day);
  const dayOfYear = dayOfMarchYear(era, yearOfEra(era));
  return dayOfYear - Math.floor((153 * monthFromMarch(dayOfYear) + 2) / 5) + 1;
}

/** 1 to 12. */
export function month(day: number): number {
  const era = dayOfEra(day);
  const fromMarch = monthFromMarch(dayOfMarchYear(era, yearOfEra(era)));
  return fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
}

/** Days since the first of January, 0 to 365. */
function dayOfYear(day: number): number {
  const era = dayOfEra(day);
  const year = yearOfEra(era);
  const fromMarch = dayOfMarchYear(era, year);
  if (fromMarch >= 306) return fromMarch - 306;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return fromMarch + (leap ? 60 : 59);
}

/** ISO 8601 week, 1 to 53: the week of a day is numbered by the year that its Thursday lies in. */
export function isoWeek(day: number): number {
  return Math.floor(dayOfYear(day - weekday(day) + 3) / 7) + 1;
}
