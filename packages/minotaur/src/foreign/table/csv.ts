/** A table as lines of CSV, from which every double is read back as it was. */
import type { ForeignColumn, ForeignTable, TimeForm } from './table.ts';

/** The header, and a line for each row. */
export function csvLines(table: ForeignTable): string[] {
  const cells = table.columns.map((column) => cellOf(column, table.form));
  const header = table.columns.map(({ name }) => quoted(name)).join(',');
  return [header, ...Array.from({ length: table.rows }, (_, i) => cells.map((cell) => cell(i)).join(','))];
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function cellOf({ type, values, words = [] }: ForeignColumn, form: TimeForm): (i: number) => string {
  if (type === 'time') return (i) => (values[i] === values[i] ? timeText(values[i], form) : '');
  if (type === 'boolean') return (i) => (values[i] === 0 ? 'false' : 'true');
  if (type === 'text') return (i) => (values[i] === values[i] ? quoted(words[values[i]]) : '');
  if (type === 'integer') return (i) => (values[i] === values[i] ? String(values[i]) : '');
  return (i) => (values[i] === values[i] ? doubleText(values[i]) : '');
}

/** With a point or an exponent, so that who infers types by what is written does not take it for an integer. */
function doubleText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A time as its file has it. */
function timeText(micros: number, form: TimeForm): string {
  if (form === 's') return String(micros / 1e6);
  if (form === 'ms') return String(micros / 1000);
  if (form === 'us') return String(micros);
  if (form === 'ns') return `${micros}000`;
  const date = new Date(Math.floor(micros / 1000));
  const text = date.toISOString().slice(0, -1) + String(micros % 1000).padStart(3, '0');
  return form === 'utc' ? `${text}Z` : text;
}
