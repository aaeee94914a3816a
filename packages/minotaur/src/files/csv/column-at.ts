import { fail } from 'minotaur-core/internal/base/errors';
import { listed } from './listed.ts';

/** Index of the column that the configuration gives by its name or its place; -1 where it gives none. */
export function columnAt(
  column: string | number | undefined,
  names: readonly string[],
  key: string,
  where: string,
): number {
  if (column === undefined) return -1;
  const at = typeof column === 'number' ? column - 1 : names.indexOf(column);
  if (at >= 0 && at < names.length) return at;
  const expected = typeof column === 'number' ? `a column ${column}` : `a column "${column}"`;
  return fail('input', where, `${expected} (${key} of the configuration)`, `the columns ${listed(names)}`);
}
