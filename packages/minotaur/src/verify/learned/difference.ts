/** The first place in which two plain values differ, in words: where, what was expected and what was found, bits included. */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';

/** Fields that follow from others: they differ wherever anything does, and say nothing. */
const DERIVED = new Set(['digest']);

export function firstDifference(expected: unknown, found: unknown, where: string): string | undefined {
  if (typeof expected === 'number' && typeof found === 'number') {
    if (sameBits(expected, found)) return undefined;
    return `${where}: expected ${expected} (${bitsOf(expected)}), found ${found} (${bitsOf(found)})`;
  }
  if (!isObject(expected) || !isObject(found)) {
    if (expected === found) return undefined;
    return `${where}: expected ${shown(expected)}, found ${shown(found)}`;
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const ordered = [...keys].sort((a, b) => Number(DERIVED.has(a)) - Number(DERIVED.has(b)));
  for (const key of ordered) {
    const name =
      typeof expected['name'] === 'string' && !where.endsWith(`${expected['name']})`) ? ` (${expected['name']})` : '';
    const first = firstDifference(expected[key], found[key], `${where}${name}.${key}`);
    if (first !== undefined) return first;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
