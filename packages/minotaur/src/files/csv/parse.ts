/**
 * Numbers and times read straight from the bytes of a text file. What is not a number is NaN, never an error: the chain
 * counts and reports it with its line. Results are those of `Number(text)`, bit for bit.
 */
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';

const POWERS = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Holds nothing between two calls. A mark of byte order is text like any other here. */
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of bytes [from, to), spaces cut off. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to)).trim();
}

/**
 * The decimal number in bytes [from, to); NaN where it is anything else (empty, words, hexadecimal, infinity).
 *
 * Fewer than 16 significant digits and a power of ten up to 22 make one exactly rounded division; trailing zeros after
 * the point (Binance writes eight decimals) cost no digits. All else goes through `Number`.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  const negative = bytes[i] === 45;
  if (negative) i++;
  let mantissa = 0;
  let digits = 0;
  let scale = 0;
  let zeros = 0;
  let point = false;
  const first = i;
  for (; i < to; i++) {
    const digit = bytes[i] - 48;
    if (digit === 0 && point) zeros++;
    else if (digit >= 0 && digit <= 9) {
      if (zeros > 0) {
        if (zeros > 15) return parseSlowly(bytes, from, to);
        mantissa *= POWERS[zeros];
        if (mantissa > 0) digits += zeros;
        scale += zeros;
        zeros = 0;
      }
      mantissa = mantissa * 10 + digit;
      if (mantissa > 0) digits++;
      if (point) scale++;
    } else if (digit === -2 && !point) point = true;
    else return parseSlowly(bytes, from, to);
    if (digits > 15) return parseSlowly(bytes, from, to);
  }
  if (scale > 22 || i - first < (point ? 2 : 1)) return parseSlowly(bytes, from, to);
  const value = scale === 0 ? mantissa : mantissa / POWERS[scale];
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
  let value = 0;
  for (let i = from; i < whole; i++) value = value * 10 + (bytes[i] - 48);
  for (let i = point + 1; i < to; i++) if (bytes[i] < 48 || bytes[i] > 57) return countSlowly(bytes, from, to, shift);
  for (let k = 1; k <= shift; k++) value = value * 10 + (point + k < to ? bytes[point + k] - 48 : 0);
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
