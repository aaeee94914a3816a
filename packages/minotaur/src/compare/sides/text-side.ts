/** A text table, plain or compressed. */
import { fail } from 'minotaur-core/internal/base/errors';
import { timeReader } from '../../files/csv/csv-rows.ts';
import { createCsvScanner, readCsvHead, scanFile } from '../../files/csv/csv.ts';
import { requireTable } from '../../files/csv/no-table.ts';
import { parseNumber, textOf } from '../../files/csv/parse.ts';
import type { TextFile } from '../../files/csv/text-file.ts';
import { kindOf, valueOfWord } from './kinds.ts';
import type { Side } from './side.ts';
import { createSpool } from './spool.ts';
import { createWords } from './words.ts';

/** Opens a text table with a header. @throws where it has none, or names a column twice */
export async function textSide(text: TextFile, signal?: AbortSignal): Promise<Side> {
  const { file } = text;
  const head = await readCsvHead(text);
  requireTable(head, file);
  const where = `${file} line ${head.firstLine}`;
  const names = head.first.map((name) => name.trim());
  if (names.every((name) => name !== '' && Number.isFinite(Number(name))))
    fail('input', where, 'a header with the names of the columns', `numbers: ${head.first.slice(0, 4).join(', ')}`);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) fail('input', where, 'each column once', `'${twice}' twice`);
  if (head.second === undefined) fail('input', file, 'rows', 'a header and nothing below it');
  const columns = names.map((name, k) =>
    kindOf(
      name,
      head.rows.map((row) => row[k] ?? ''),
    ),
  );
  const read = columns.map(({ kind, unit }) => {
    if (kind === 'text') return () => NaN;
    return unit === undefined ? parseNumber : timeReader(unit);
  });
  const scanner = createCsvScanner(file, head.delimiter, names.length);
  const { cells } = scanner;
  const spool = createSpool(names.length);
  const words = createWords();
  const values = new Float64Array(names.length);
  const onRow = (): boolean => {
    if (cells.line === head.firstLine) return true;
    for (let k = 0; k < values.length; k++) {
      const [from, to] = [cells.starts[k], cells.ends[k]];
      const value = read[k](cells.bytes, from, to);
      values[k] = value === value || from === to ? value : valueOfWord(textOf(cells.bytes, from, to), words);
    }
    spool.add(values);
    return spool.rows % 8192 !== 0;
  };
  try {
    for await (const _ of scanFile(text, scanner, onRow)) signal?.throwIfAborted();
  } catch (error) {
    spool.close();
    throw error;
  }
  return {
    name: file,
    what: 'text',
    rows: spool.rows,
    columns,
    read: (wanted, into = []) => Promise.resolve(wanted.map((name, k) => spool.read(names.indexOf(name), into[k]))),
    word: words.word,
    close: spool.close,
  };
}
