/**
 * Time is integer microseconds since the Unix epoch, UTC, in a double: exact until the year 2255.
 * No time zone and no clock: a day is 86,400 s, as on every exchange.
 */

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
export const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
export const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
const MICROS_PER_WEEK = 7 * MICROS_PER_DAY;
/** 1970-01-05, a Monday: where weeks are counted from. */
export const FIRST_MONDAY = 4 * MICROS_PER_DAY;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1000],
  ['s', MICROS_PER_SECOND],
  ['sec', MICROS_PER_SECOND],
  ['m', MICROS_PER_MINUTE],
  ['min', MICROS_PER_MINUTE],
  ['h', MICROS_PER_HOUR],
  ['hour', MICROS_PER_HOUR],
  ['d', MICROS_PER_DAY],
  ['day', MICROS_PER_DAY],
  ['w', MICROS_PER_WEEK],
  ['week', MICROS_PER_WEEK],
]);

/** Microseconds of a span such as `500ms`, `30s`, `1min`, `4hour`, `1day`, `1week`; NaN where the text is no such span. */
export function parseSpan(text: string): number {
  const match = /^([1-9][0-9]*) *([a-z]+)$/.exec(text);
  if (match === null) return NaN;
  // The unit as it stands comes before a plural: 500ms are no minutes.
  const unit = UNITS.get(match[2]) ?? UNITS.get(match[2].replace(/s$/, ''));
  const micros = unit === undefined ? NaN : Number(match[1]) * unit;
  return Number.isSafeInteger(micros) ? micros : NaN;
}

/** Whether a span is one of weeks, which begin on Mondays; `7day` is not. */
export function isWeeks(span: string): boolean {
  return /w(eeks?)?$/.test(span);
}

/** Microseconds of a length of time that may be nothing: `0`, `0ms`, `250ms`; NaN where it is none. */
export function parseDelay(text: string | 0): number {
  return text === 0 || /^0 *[a-z]*$/.test(text) ? 0 : parseSpan(text);
}

/** Start of the interval of length `every` that holds `time`; intervals are counted from the epoch. */
export function floorTo(time: number, every: number): number {
  return Math.floor(time / every) * every;
}

/** `2024-08-08T23:54:15.342000Z`: microseconds kept, unlike Date's own text. */
export function formatTime(time: number): string {
  if (!Number.isFinite(time)) return String(time);
  const seconds = Math.floor(time / MICROS_PER_SECOND);
  const micros = time - seconds * MICROS_PER_SECOND;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}Z`;
}
