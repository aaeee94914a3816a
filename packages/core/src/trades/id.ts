/**
 * Ids of trades. Venues number them densely, sparsely, with 19 digits, or with UUIDs; a block carries each exactly, as
 * four 32-bit words. Only this file and trade.ts know how many.
 */
import { sha256OfText } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';

/** An id as a venue gives it: a number, exactly; digits as text are that number. */
export type TradeId = number | bigint | string;

/** Words of one id in the column of a block. */
export const ID_WORDS = 4;

/** Every word of an id that is absent. */
export const ABSENT = 0xffffffff;
/** What a word is worth in the one before it. */
export const WORD = 4_294_967_296;
const PER_WORD = 1 / WORD;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DIGITS = /^[0-9]+$/;
/** What tables write where there is none. */
const NO_ID = /^(?:|null|none|nan|n\/a|na|-)$/i;

function set(words: Uint32Array, i: number, w0: number, w1: number, w2: number, w3: number): void {
  const at = ID_WORDS * i;
  words[at] = w0;
  words[at + 1] = w1;
  words[at + 2] = w2;
  words[at + 3] = w3;
}

/**
 * Writes the id of trade `i`. A number, or text of digits, below 2^64 is its low and its high word, then two zeros; a UUID is
 * its 128 bits; other text is the first 128 bits of its SHA-256. Absent, NaN, empty text and the words of tables for nothing (`null`, `NaN`) are no id.
 * @throws {MinotaurError} of kind `input`: a number that is negative, broken, or too large for a double to hold
 */
export function setId(words: Uint32Array, i: number, id: TradeId | undefined): void {
  if (typeof id === 'number') return setNumber(words, i, id);
  if (typeof id === 'bigint') return setBigInt(words, i, id);
  if (id === undefined || NO_ID.test(id)) return set(words, i, ABSENT, ABSENT, ABSENT, ABSENT);
  if (DIGITS.test(id) && BigInt(id) < 1n << 64n) return setBigInt(words, i, BigInt(id));
  const hex = UUID.test(id) ? id.replaceAll('-', '') : sha256OfText(id);
  const word = (k: number): number => Number.parseInt(hex.slice(8 * k, 8 * k + 8), 16);
  set(words, i, word(0), word(1), word(2), word(3));
}

function setNumber(words: Uint32Array, i: number, id: number): void {
  if (id !== id) return set(words, i, ABSENT, ABSENT, ABSENT, ABSENT);
  if (!Number.isSafeInteger(id) || id < 0) {
    fail('input', 'id', 'an integer from 0 to 2^53 - 1 (larger ones as bigint or text)', String(id));
  }
  set(words, i, id >>> 0, Math.floor(id / WORD), 0, 0);
}

function setBigInt(words: Uint32Array, i: number, id: bigint): void {
  if (id < 0n || id >= 1n << 64n) fail('input', 'id', 'a bigint from 0 to 2^64 - 1', String(id));
  set(words, i, Number(id & 0xffffffffn), Number(id >> 32n), 0, 0);
}

/** {@link setId} of the number with these two words; where one of them is NaN, there is none. */
export function setIdHalves(words: Uint32Array, i: number, low: number, high: number): void {
  if (low === low && high === high) set(words, i, low, high, 0, 0);
  else set(words, i, ABSENT, ABSENT, ABSENT, ABSENT);
}

/** Digits that are taken together, as an integer of 32 bits, which is what a loop over digits costs least; times a word they are exact. */
const GROUP = 6;
const POWERS = Array.from({ length: GROUP + 1 }, (_, k) => Number(`1e${k}`));

/**
 * {@link setId} of whole numbers, one a trade from the first on.
 * @returns place of the first that is no id; as many as there are where all are
 */
export function setIdNumbers(words: Uint32Array, numbers: Float64Array): number {
  for (let i = 0, at = 0; i < numbers.length; i++, at += ID_WORDS) {
    const number = numbers[i];
    if (!(Number.isSafeInteger(number) && number >= 0)) return i;
    const low = number >>> 0;
    words[at] = low;
    // Exact, and sooner than to divide.
    words[at + 1] = (number - low) * PER_WORD;
    words[at + 2] = 0;
    words[at + 3] = 0;
  }
  return numbers.length;
}

/** {@link setId} of ASCII text in bytes [from, to), without making a text of digits. */
export function setIdBytes(words: Uint32Array, i: number, bytes: Uint8Array, from: number, to: number): void {
  let low = 0;
  let high = 0;
  let at = from;
  while (at < to) {
    const end = Math.min(to, at + GROUP);
    const part = digitsOf(bytes, at, end);
    if (part < 0) break;
    const shift = POWERS[end - at];
    low = low * shift + part;
    const carry = Math.floor(low / WORD);
    low -= carry * WORD;
    high = high * shift + carry;
    if (high >= WORD) break;
    at = end;
  }
  if (at === to && to > from) set(words, i, low, high, 0, 0);
  else setId(words, i, String.fromCharCode(...bytes.subarray(from, to)));
}

/** The integer in bytes [from, to), of at most {@link GROUP} digits; -1 where there is anything else. */
function digitsOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = (value * 10 + digit) | 0;
  }
  return value;
}

/** Whether the id at word `at` is none. */
export function isAbsent(words: Uint32Array, at: number): boolean {
  return words[at] === ABSENT && words[at + 1] === ABSENT && words[at + 2] === ABSENT && words[at + 3] === ABSENT;
}

/** Whether trade `i` has an id. */
export function hasId(words: Uint32Array, i: number): boolean {
  return !isAbsent(words, ID_WORDS * i);
}

/** Whether the id of trade `i` is a number below 2^64. */
export function isNumericId(words: Uint32Array, i: number): boolean {
  return words[ID_WORDS * i + 2] === 0 && words[ID_WORDS * i + 3] === 0;
}

/** The id of trade `i` as a live session would hand it in; undefined where there is none. */
export function idAt(words: Uint32Array, i: number): TradeId | undefined {
  if (!hasId(words, i)) return undefined;
  const at = ID_WORDS * i;
  if (!isNumericId(words, i)) {
    const hex = Array.from(words.subarray(at, at + ID_WORDS), (word) => word.toString(16).padStart(8, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
  const id = words[at + 1] * WORD + words[at];
  return Number.isSafeInteger(id) ? id : (BigInt(words[at + 1]) << 32n) | BigInt(words[at]);
}

/** The id of trade `i` as a number; NaN where there is none that a double can hold exactly. */
export function idNumber(words: Uint32Array, i: number): number {
  const id = isNumericId(words, i) ? words[ID_WORDS * i + 1] * WORD + words[ID_WORDS * i] : NaN;
  return Number.isSafeInteger(id) ? id : NaN;
}

/** The id of trade `i` in messages; text that is no UUID shows as the UUID of its hash. */
export function idText(words: Uint32Array, i: number): string {
  return String(idAt(words, i) ?? 'none');
}

/** Below 0 where id `i` of `a` is the lower one, above 0 where id `j` of `b` is; numbers order as numbers. */
export function compareIds(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  for (let k = ID_WORDS - 1; k >= 0; k--) {
    const difference = a[ID_WORDS * i + k] - b[ID_WORDS * j + k];
    if (difference !== 0) return difference;
  }
  return 0;
}
