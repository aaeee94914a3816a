/**
 * JSON with its numbers as they are written: an id above 2^53 and a time to the nanosecond do not fit a double. Numbers
 * and texts are both text here; venues change between the two anyway.
 */

/** A value of JSON; a number is its text. */
export type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** @throws {SyntaxError} where `text` is not JSON */
export function parseExact(text: string): Json {
  const quoted = text.replace(TOKEN, (token) => (token.charCodeAt(0) === 34 ? token : `"${token}"`));
  return JSON.parse(quoted) as Json;
}

/** Member `key`; undefined where `value` is no object or has none. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[key]
    : undefined;
}

/** The elements; none where `value` is no array. */
export function elements(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The text of a text or number; undefined for all else. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
