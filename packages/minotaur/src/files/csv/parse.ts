/**
 * Numbers and times read straight from the bytes of a text file. What is not a number is NaN, never an error: the chain
 * counts and reports it with its line. Results are those of `Number(text)`, bit for bit.
 */
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';

/** Of ten, as doubles have them exactly. */
export const POWERS = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Holds nothing between two calls. A mark of byte order is text like any other here. */
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of bytes [from, to), spaces cut off. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to)).trim();
}

/**
 * Digits that fit into an integer of 32 bits: sums of them are what a loop over digits costs least. Of up to MOST_DIGITS two such
 * halves make a double exactly.
 */
const HALF = 9;
const MOST_DIGITS = 15;

/**
 * The decimal number in bytes [from, to); NaN where it is anything else (empty, words, hexadecimal, infinity).
 *
 * Up to 15 digits and the power of ten below them make one exactly rounded division; further zeros after the point, of which
 * some venues write many, say nothing. All else goes through `Number`.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === 45;
  let high = 0;
  let low = 0;
  let digits = 0;
  let point = -1;
  for (let i = negative ? from + 1 : from; i < to; i++) {
    const digit = bytes[i] - 48;
    if (digit >= 0 && digit <= 9) {
      if (digits === MOST_DIGITS) {
        if (digit > 0 || point < 0) return parseSlowly(bytes, from, to);
        continue;
      }
      if (digits < HALF) high = (high * 10 + digit) | 0;
      else low = (low * 10 + digit) | 0;
      digits++;
    } else if (digit === -2 && point < 0) point = digits;
    else return parseSlowly(bytes, from, to);
  }
  if (digits === 0) return parseSlowly(bytes, from, to);
  const mantissa = digits <= HALF ? high : high * POWERS[digits - HALF] + low;
  const value = point < 0 ? mantissa : mantissa / POWERS[digits - point];
  return negative ? -value : value;
}

function parseSlowly(bytes: Uint8Array, from: number, to: number): number {
  return numberOf(textOf(bytes, from, to));
}

/**
 * A time count in bytes [from, to) as integer microseconds; digits below a microsecond are cut off. Works on the decimal
 * digits, because a count of nanoseconds does not fit a double.
 * @param shift powers of ten from the unit to microseconds: 6 for s, 3 for ms, 0 for us, -3 for ns
 */
export function parseCount(bytes: Uint8Array, from: number, to: number, shift: number): number {
  let point = from;
  while (point < to && bytes[point] >= 48 && bytes[point] <= 57) point++;
  if (point === from || (point < to && bytes[point] !== 46)) return countSlowly(bytes, from, to, shift);
  const whole = shift < 0 ? Math.max(from, point + shift) : point;
  let value = digitsOf(bytes, from, Math.min(whole, from + HALF));
  if (whole - from > HALF) {
    const end = Math.min(whole, from + 2 * HALF);
    value = value * POWERS[end - from - HALF] + digitsOf(bytes, from + HALF, end);
    for (let i = end; i < whole; i++) value = value * 10 + (bytes[i] - 48);
  }
  for (let i = point + 1; i < to; i++) if (bytes[i] < 48 || bytes[i] > 57) return countSlowly(bytes, from, to, shift);
  for (let k = 1; k <= shift; k++) value = value * 10 + (point + k < to ? bytes[point + k] - 48 : 0);
  return value;
}

/** The integer of at most HALF digits in bytes [from, to). */
function digitsOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = (value * 10 + bytes[i] - 48) | 0;
  return value;
}

function countSlowly(bytes: Uint8Array, from: number, to: number, shift: number): number {
  const text = textOf(bytes, from, to);
  if (/^[0-9]+(\.[0-9]*)?$/.test(text)) return parseCount(new TextEncoder().encode(text), 0, text.length, shift);
  const value = parseSlowly(bytes, from, to);
  return Math.floor(shift < 0 ? value / 1000 : value * POWERS[shift]);
}

/** `parseIso` of bytes [from, to). */
export function parseIsoBytes(bytes: Uint8Array, from: number, to: number): number {
  return parseIso(textOf(bytes, from, to));
}
