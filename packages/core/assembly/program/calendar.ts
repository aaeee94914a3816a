/** Parts of the date of a time: `kernels/civil` once more. */
import { bytesOf, column } from './operands';

const MICROS_PER_HOUR: f64 = 3600000000;
const MICROS_PER_DAY: f64 = 86400000000;
/** Days from the epoch of times that are exact in a double; those of others are left to the loops in TypeScript. */
const FAR: f64 = 105000;
const EPOCH: i32 = 719468;
const DAYS_IN_ERA: i32 = 146097;

export function hourOfDay(p: usize, at: usize, rows: i32): i32 {
  let time = column(p, 0, at);
  let out = column(p, 1, at);
  for (const end = out + bytesOf(rows); out < end; time += 8, out += 8) {
    const t = load<f64>(time);
    store<f64>(out, floor((t - floor(t / MICROS_PER_DAY) * MICROS_PER_DAY) / MICROS_PER_HOUR));
  }
  return rows;
}

/** What a day is asked for. */
const WEEKDAY = 0;
const WEEKEND = 1;
const MONTH_DAY = 2;
const MONTH = 3;
const WEEK = 4;

export function dayOfWeek(p: usize, at: usize, rows: i32): i32 {
  return ofDays(p, at, rows, WEEKDAY);
}

export function isWeekend(p: usize, at: usize, rows: i32): i32 {
  return ofDays(p, at, rows, WEEKEND);
}

export function dayOfMonth(p: usize, at: usize, rows: i32): i32 {
  return ofDays(p, at, rows, MONTH_DAY);
}

export function monthOfYear(p: usize, at: usize, rows: i32): i32 {
  return ofDays(p, at, rows, MONTH);
}

export function weekOfYear(p: usize, at: usize, rows: i32): i32 {
  return ofDays(p, at, rows, WEEK);
}

/** Rows of one day ask once; returns how many rows were done. */
function ofDays(p: usize, at: usize, rows: i32, what: i32): i32 {
  const time = column(p, 0, at);
  const out = column(p, 1, at);
  let today: f64 = NaN;
  let value: f64 = NaN;
  for (let i = 0; i < rows; i++) {
    const day = floor(load<f64>(time + bytesOf(i)) / MICROS_PER_DAY);
    if (day != today) {
      if (!(abs(day) < FAR)) return i;
      today = day;
      value = <f64>ofDay(<i32>day, what);
    }
    store<f64>(out + bytesOf(i), value);
  }
  return rows;
}

function ofDay(day: i32, what: i32): i32 {
  switch (what) {
    case WEEKDAY:
      return weekday(day);
    case WEEKEND:
      return weekday(day) >= 5 ? 1 : 0;
    case MONTH_DAY: {
      const days = dayFromMarch(day);
      return days - (153 * ((5 * days + 2) / 153) + 2) / 5 + 1;
    }
    case MONTH: {
      const month = (5 * dayFromMarch(day) + 2) / 153;
      return month < 10 ? month + 3 : month - 9;
    }
    default:
      return dayOfYear(day - weekday(day) + 3) / 7 + 1;
  }
}

/** Monday 0 to Sunday 6; `day` is far above minus all the weeks that are added. */
function weekday(day: i32): i32 {
  return (day + 3 + 7 * 20000) % 7;
}

/** Years of the era of 400, that begin in March. */
function yearOfEra(era: i32): i32 {
  return (era - (era / 1460 - era / 36524 + era / 146096)) / 365;
}

/** Days since the first of March. */
function dayFromMarch(day: i32): i32 {
  const era = (day + EPOCH) % DAYS_IN_ERA;
  const year = yearOfEra(era);
  return era - (365 * year + (year >> 2) - year / 100);
}

/** Days since the first of January. */
function dayOfYear(day: i32): i32 {
  const days = dayFromMarch(day);
  if (days >= 306) return days - 306;
  const year = yearOfEra((day + EPOCH) % DAYS_IN_ERA);
  const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days + (leap ? 60 : 59);
}
