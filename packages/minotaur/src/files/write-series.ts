/** Rows of a series to a file, as text that other tools read too. */
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import { writeWhole } from './atomic.ts';

/** Writes rows with these values as CSV with a header; what a row does not have is an empty field. The file appears whole or not at all. */
export function writeSeries(path: string, values: readonly string[], rows: readonly SeriesRow[]): void {
  const names = ['time', 'available_at', ...values];
  const cell = (value = NaN): string => (value === value ? String(value) : '');
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
  writeWhole(path, `${[names.join(','), ...lines].join('\n')}\n`);
}
