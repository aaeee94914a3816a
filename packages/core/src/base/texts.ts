/** Numbers and times by their text, exactly; what is none is NaN, never an error. */
import { MICROS_PER_DAY } from './time.ts';

const DECIMAL = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;

/** The nearest double of a decimal number; NaN where it is anything else (empty, words, hexadecimal, infinity). */
export function numberOf(text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

const ISO =
  /^(\d{4})([-./])(\d\d)\2(\d\d)(?:[T D](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)? ?(Z|UTC|GMT|(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?)?$/i;
/** With points nobody puts the month first; with strokes some do. */
const DAY_FIRST = /^(\d\d)\.(\d\d)\.(\d{4})/;

/**
 * Microseconds of ISO 8601 text such as `2023-09-05T16:00:01.281719Z`; UTC where it names no zone; NaN if it is not that.
 * BitMEX writes a D for the T, others `2024.07.01` and `2024/07/01`; days that come first have points: `01.07.2024`.
 */
export function parseIso(text: string): number {
  const match = ISO.exec(text[2] === '.' ? text.replace(DAY_FIRST, '$3.$2.$1') : text);
  if (match === null) return NaN;
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const days = daysFromCivil(year, month, day);
  const [hour, minute, second] = [Number(match[5] ?? 0), Number(match[6] ?? 0), Number(match[7] ?? 0)];
  if (Number.isNaN(days) || hour > 23 || minute > 59 || second > 59) return NaN;
  const micros = Number((match[8] ?? '').slice(0, 6).padEnd(6, '0'));
  return days * MICROS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1e6 + micros - zoneOffset(match[9] ?? 'Z');
}

function zoneOffset(zone: string): number {
  const match = /([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60e6;
}

/** Days since 1970-01-01 of a Gregorian date; NaN for a date that does not exist. */
function daysFromCivil(year: number, month: number, day: number): number {
  const millis = Date.UTC(year, month - 1, day);
  const date = new Date(millis);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? millis / 86_400_000 : NaN;
}
