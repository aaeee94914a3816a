/** What of a layout is told to the owner of a file. */
import type { Reading } from '../trades/reading.ts';
import type { FileLayout } from '../trades/source-block.ts';
import { isHeader, type Layout } from './layout.ts';

/** What a layout says of its columns to the file's owner. `cells` are the first row: names, or values where it is no header. */
export function evidenceOf(
  { fields, sideMeans, signed, where }: Layout,
  cells: readonly string[],
  reading: Reading,
): Pick<FileLayout, 'columns' | 'unread' | 'sideMeans'> {
  const isNamed = isHeader(cells);
  const nameOf = (at: number): string => (isNamed ? cells[at] : `${at + 1}`);
  const columns: Record<string, string> = {};
  for (const [field, at] of Object.entries(fields)) if (at >= 0) columns[field] = nameOf(at);
  const read = new Set([...Object.values(fields), ...where.map(({ at }) => at)]);
  const unread = cells.flatMap((_, at) => (read.has(at) ? [] : [nameOf(at)]));
  return { columns, unread, ...(fields.side >= 0 || signed ? { sideMeans: sideMeans ?? reading.sideMeans } : {}) };
}
