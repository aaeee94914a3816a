/**
 * JSON as venues send it, read strictly and in one pass: numbers stay as they are written (an id above 2^53 and a time to the
 * nanosecond fit no double), and what a sender could do harm with is refused: size, depth, keys that come twice or that every
 * object has.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { oneLine } from 'minotaur-core/internal/base/printable';

/** A value of JSON; a number is its text. Keys of an object are its own. */
export type Json = string | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Characters of the longest message that is read, and bytes of the longest that is taken from a wire. */
export const LONGEST = 16 * 1024 * 1024;
/** Lists and objects within each other; no venue has more than eight. */
const DEEPEST = 32;

const QUOTE = 34;
const BACKSLASH = 92;

// The text under way and how far it is read: scratch of one call, which never waits, given back at its end.
let source = '';
let at = 0;

/** @throws {MinotaurError} of kind `input` where `text` is not JSON, or is none that is taken */
export function parseStrict(text: string): Json {
  if (text.length > LONGEST) refuse(`at most ${LONGEST} characters`, `${text.length}`);
  source = text;
  at = 0;
  try {
    const value = parseValue(0);
    if (!Number.isNaN(skipSpace())) refuseHere('the end');
    return value;
  } finally {
    source = '';
  }
}

function refuse(expected: string, found: string): never {
  fail('input', 'message', expected, found);
}

function refuseHere(expected: string): never {
  const found = at < source.length ? oneLine(JSON.stringify(source.slice(at, at + 40))) : 'the end';
  fail('input', `message, character ${at + 1}`, expected, found);
}

/** The next character that is no space; NaN at the end. */
function skipSpace(): number {
  let code = source.charCodeAt(at);
  while (code <= 32 && (code === 32 || code === 10 || code === 13 || code === 9)) code = source.charCodeAt(++at);
  return code;
}

function parseValue(depth: number): Json {
  const code = skipSpace();
  if (code === QUOTE) return parseText();
  if (code === 123) return parseObject(depth + 1);
  if (code === 91) return parseList(depth + 1);
  if (code === 45 || (code >= 48 && code <= 57)) return parseNumber(code);
  if (source.startsWith('true', at)) return word(4, true);
  if (source.startsWith('false', at)) return word(5, false);
  if (source.startsWith('null', at)) return word(4, null);
  return refuseHere('a value of JSON');
}

function word<T>(length: number, value: T): T {
  at += length;
  return value;
}

function parseObject(depth: number): JsonObject {
  if (depth > DEEPEST) refuseHere(`at most ${DEEPEST} lists and objects within each other`);
  const object: Record<string, Json> = {};
  at++;
  if (skipSpace() === 125) return word(1, object);
  for (;;) {
    if (skipSpace() !== QUOTE) refuseHere('a key');
    const key = parseText();
    // What an object has by itself is refused with what it has already: `__proto__`, `constructor`.
    if (object[key] !== undefined) refuseHere(`the key ${shown(key)} once, and as a name of no object's own`);
    if (skipSpace() !== 58) refuseHere('a colon');
    at++;
    object[key] = parseValue(depth);
    const code = skipSpace();
    at++;
    if (code === 125) return object;
    if (code !== 44) refuseBefore('a comma or }');
  }
}

function parseList(depth: number): readonly Json[] {
  if (depth > DEEPEST) refuseHere(`at most ${DEEPEST} lists and objects within each other`);
  const list: Json[] = [];
  at++;
  if (skipSpace() === 93) return word(1, list);
  for (;;) {
    list.push(parseValue(depth));
    const code = skipSpace();
    at++;
    if (code === 93) return list;
    if (code !== 44) refuseBefore('a comma or ]');
  }
}

function refuseBefore(expected: string): never {
  at--;
  return refuseHere(expected);
}

function parseText(): string {
  const text = source;
  const from = at + 1;
  let i = from;
  let code = text.charCodeAt(i);
  while (code >= 32 && code !== QUOTE && code !== BACKSLASH) code = text.charCodeAt(++i);
  at = i;
  if (code === BACKSLASH) return parseEscaped(from);
  if (code !== QUOTE) refuseHere('the rest of a text');
  at = i + 1;
  return text.slice(from, i);
}

/** A text with a backslash in it. */
function parseEscaped(from: number): string {
  for (; source.charCodeAt(at) !== QUOTE; at++) {
    if (source.charCodeAt(at) === BACKSLASH) at++;
    if (at >= source.length) refuseHere('the rest of a text');
  }
  try {
    return JSON.parse(source.slice(from - 1, ++at)) as string;
  } catch {
    at = from - 1;
    return refuseHere('a text of JSON');
  }
}

/** The text of a number that begins with `first`. */
function parseNumber(first: number): string {
  const from = at;
  let code = first === 45 ? source.charCodeAt(++at) : first;
  if (code === 48) code = source.charCodeAt(++at);
  else code = digits();
  if (code === 46) {
    at++;
    code = digits();
  }
  if (code === 101 || code === 69) {
    code = source.charCodeAt(++at);
    if (code === 43 || code === 45) at++;
    digits();
  }
  return source.slice(from, at);
}

/** Goes behind one or more digits; what comes then. */
function digits(): number {
  const text = source;
  let i = at;
  let code = text.charCodeAt(i);
  if (!(code >= 48 && code <= 57)) refuseHere('a digit');
  while (code >= 48 && code <= 57) code = text.charCodeAt(++i);
  at = i;
  return code;
}

/** Member `key`; undefined where `value` is no object or has none. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The text of a text or number; undefined for all else. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A value as a refusal shows it: short, without control characters. */
export function shown(value: Json | undefined): string {
  return value === undefined ? 'none' : oneLine(JSON.stringify(value).slice(0, 80));
}
