/** Fields of a message, read exactly or refused: a trade that is handed out has a price, a quantity, a time and a side. */
import { fail } from 'minotaur-core/internal/base/errors';
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';
import type { TradeId } from 'minotaur-core/internal/trades/id';
import { isList, isObject, member, shown, textOf, type Json, type JsonObject } from './json.ts';

/** What a count of time counts since the epoch; `iso`: ISO 8601. */
export type VenueTimeUnit = 's' | 'ms' | 'us' | 'ms or us' | 'iso';

/** 2000-01-01 and 2100-01-01 in microseconds. */
const EARLIEST = 946_684_800_000_000;
const LATEST = 4_102_444_800_000_000;

export function refuse(where: string, expected: string, found: Json | undefined): never {
  fail('input', `message, ${where}`, expected, shown(found));
}

/** The text of a text or number. */
export function text(row: Json | undefined, key: string): string {
  const value = member(row, key);
  return typeof value === 'string' ? value : refuse(key, 'a text or number', value);
}

export function flag(row: Json | undefined, key: string): boolean {
  const value = member(row, key);
  return typeof value === 'boolean' ? value : refuse(key, 'true or false', value);
}

export function object(row: Json | undefined, key: string): JsonObject {
  const value = member(row, key);
  return isObject(value) ? value : refuse(key, 'an object', value);
}

export function list(row: Json | undefined, key: string): readonly Json[] {
  const value = member(row, key);
  return isList(value) ? value : refuse(key, 'a list', value);
}

/** A price or quantity: the nearest double of the decimal text, above 0 and finite. */
export function positive(row: Json | undefined, key: string): number {
  return positiveOf(member(row, key), key);
}

export function positiveOf(value: Json | undefined, where: string): number {
  const number = typeof value === 'string' ? numberOf(value) : NaN;
  return number > 0 ? number : refuse(where, 'a decimal number above 0', value);
}

/** A symbol: up to 64 characters, none of them a space or a control character. */
export function symbol(row: Json | undefined, key: string): string {
  return symbolOf(member(row, key), key);
}

export function symbolOf(value: Json | undefined, where: string): string {
  const name = textOf(value);
  return name !== undefined && isSymbol(name) ? name : refuse(where, 'a symbol', value);
}

function isSymbol(name: string): boolean {
  if (name.length === 0 || name.length > 64) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code >= 127 || code <= 32) return /^[^\s\p{C}]+$/u.test(name);
  }
  return true;
}

/** An id of digits below 2^64, exactly: a number where a double holds it, else a bigint. */
export function id(row: Json | undefined, key: string): number | bigint {
  return idOf(member(row, key), key);
}

export function idOf(value: Json | undefined, where: string): number | bigint {
  const digits = typeof value === 'string' ? value : '';
  const small = wholeOf(digits);
  if (small === small) return small;
  const exact = /^\d{16,20}$/.test(digits) ? BigInt(digits) : 1n << 64n;
  if (exact >= 1n << 64n) refuse(where, 'an id of digits, below 2^64', value);
  return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
}

/** The number of up to 15 digits; NaN for all else. */
function wholeOf(digits: string): number {
  const { length } = digits;
  if (length === 0 || length > 15) return NaN;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = digits.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = 10 * value + digit;
  }
  return value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function uuid(row: Json | undefined, key: string): string {
  const value = textOf(member(row, key));
  return value !== undefined && UUID.test(value) ? value : refuse(key, 'a UUID', value);
}

/** An id of digits, or a UUID: a venue whose markets differ. */
export function anyId(row: Json | undefined, key: string): TradeId {
  return textOf(member(row, key))?.includes('-') === true ? uuid(row, key) : id(row, key);
}

/** A time as integer microseconds, what is below them cut off its text. */
export function time(row: Json | undefined, key: string, unit: VenueTimeUnit): number {
  return timeOf(member(row, key), key, unit);
}

export function timeOf(value: Json | undefined, where: string, unit: VenueTimeUnit): number {
  const written = typeof value === 'string' ? value : '';
  const micros = unit === 'iso' ? parseIso(written) : countOf(written, unit);
  if (micros >= EARLIEST && micros < LATEST) return micros;
  const expected = unit === 'iso' ? 'an ISO 8601 time' : `a time in ${unit}`;
  return refuse(where, `${expected} of the years 2000 to 2100`, value);
}

function countOf(written: string, unit: Exclude<VenueTimeUnit, 'iso'>): number {
  if (unit === 's') {
    const match = /^(\d{9,10})(?:\.(\d+))?$/.exec(written);
    if (match === null) return NaN;
    return Number(match[1]) * 1e6 + Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
  }
  const { length } = written;
  // Milliseconds have 13 digits from 2001 to 2286, microseconds 16.
  const isMillis = length <= 13;
  if (isMillis ? unit === 'us' : unit === 'ms' || length !== 16) return NaN;
  return isMillis ? 1000 * wholeOf(written) : 1000 * wholeOf(written.slice(0, 13)) + wholeOf(written.slice(13));
}

/** Whether the word for the taker's side says that he sold, which makes the buyer the maker; compared without regard to case. */
export function takerSold(row: Json | undefined, key: string, bought: string, sold: string): boolean {
  return takerSoldOf(member(row, key), key, bought, sold);
}

export function takerSoldOf(value: Json | undefined, where: string, bought: string, sold: string): boolean {
  const word = textOf(value)?.toLowerCase();
  if (word === sold) return true;
  return word === bought ? false : refuse(where, `${bought} or ${sold}`, value);
}
