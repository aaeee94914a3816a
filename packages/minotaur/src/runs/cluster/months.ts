/** Months, as names of files have them. */
import { fail } from 'minotaur-core/internal/base/errors';

/** A year and a month, with or without a day behind: 2024-08, 2024-08-08, 20240808, 2024_08. */
const IN_NAME = /(?<!\d)((?:19|20)\d\d)([-_]?)(0[1-9]|1[0-2])(?:\2(?:0[1-9]|[12]\d|3[01]))?(?!\d)/g;
/** The deepest such folders. */
const IN_FOLDERS = /^(?:.*\/)?year=(\d{4})\/month=(0?[1-9]|1[0-2])\//;

/**
 * The month of a file, as 2024-08: by its name, else by `year=` and `month=` of its folders, else by the name of the nearest
 * folder that says one.
 * @throws {MinotaurError} where they have none, or more than one
 */
export function monthOf(path: string): string {
  const found = (text: string): string[] => [
    ...new Set([...text.matchAll(IN_NAME)].map(([, year, , month]) => `${year}-${month}`)),
  ];
  const [, year, month] = IN_FOLDERS.exec(path) ?? [];
  const [name, ...folders] = path.split('/').toReversed();
  const inFolders = year === undefined ? folders : [`${year}-${month.padStart(2, '0')}`];
  for (const part of [name, ...inFolders]) {
    const months = found(part);
    if (months.length > 1) fail('input', path, 'a file of one month', `a name with ${months.join(' and ')}`);
    if (months.length === 1) return months[0];
  }
  return fail('input', path, 'a name that says the month, as SYMBOL-2024-08-08.csv.gz does', 'none');
}

/** The month that follows. */
export function monthAfter(month: string): string {
  const [year, index] = month.split('-').map(Number);
  return index === 12 ? `${year + 1}-01` : `${year}-${String(index + 1).padStart(2, '0')}`;
}
