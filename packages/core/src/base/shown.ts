/** Values and choices in words, as refusals say them. */

/** Characters of a value that are shown at most. */
const SHOWN = 120;

/** What was found where something else was expected. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `the text '${cut(value)}'`;
  if (typeof value === 'function') return 'a function';
  // JSON has neither infinity nor big integers nor symbols.
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  return cut(json(value));
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`;
}

/** What refers to itself has no JSON. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'an object';
  }
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
