/** Rows as a person reads them. */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { BuiltTrades } from '#view';
import type { KeptRows } from './kept.ts';

/** Rows of the table. */
const NEWEST = 10;
/** Rows that become text at a time. */
const TOGETHER = 1000;

/** The newest rows, the newest first. */
export function newestRows(columns: readonly string[], rows: KeptRows): BuiltTrades['newest'] {
  const length = Math.min(NEWEST, rows.length());
  const cells = Array.from({ length }, (_, k) => {
    const [time, ready, complete, ...values] = rows.at(rows.length() - 1 - k);
    const flags = `${ready === 1 ? 'yes' : 'no'}${complete === 1 ? '' : ', trades are missing'}`;
    return [formatTime(time).replace('T', ' '), flags, ...values.map(String)];
  });
  return { head: ['time', 'ready', ...columns], rows: cells };
}

/** All rows: time in microseconds, values as they are read back to the bit, NaN where there is none, and the two flags. */
export function rowsAsCsv(columns: readonly string[], rows: KeptRows): Blob {
  const parts: string[] = [`${['time', ...columns, 'ready', 'complete'].map(quoted).join()}\n`];
  for (let from = 0; from < rows.length(); from += TOGETHER) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows.length(), from + TOGETHER); row++) {
      const [time, ready, complete, ...values] = rows.at(row);
      lines.push(`${time},${values.join()},${ready},${complete}\n`);
    }
    parts.push(lines.join(''));
  }
  return new Blob(parts, { type: 'text/csv' });
}

const quoted = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
