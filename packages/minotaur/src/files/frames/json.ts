/**
 * JSON with its numbers as they are written: an id above 2^53 and a time to the nanosecond do not fit a double. Numbers
 * and texts are both text here; venues change between the two anyway.
 */

/** A value of JSON; a number is its text. */
export type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A number where a value may stand; with the text of a string that looks alike. */
const NUMBER = /([:[,]\s*)(-?\d[\d.eE+-]*)(?=\s*[,}\]])/g;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** @throws {SyntaxError} where `text` is not JSON */
export function parseExact(text: string): Json {
  try {
    return JSON.parse(text.replace(NUMBER, '$1"$2"')) as Json;
  } catch {
    // A number within a text was quoted too, which never is JSON: text by text then, at some three times the price.
    return JSON.parse(text.replace(TOKEN, (token) => (token.charCodeAt(0) === 34 ? token : `"${token}"`))) as Json;
  }
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
