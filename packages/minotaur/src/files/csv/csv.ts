/**
 * Comma-separated text, row by row with exact line numbers. DuckDB's reader was measured and not taken: it cannot say
 * which line a row came from, nor keep a row with one bad field (docs/decisions).
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { requireText } from './no-table.ts';
import { decoder, textOf } from './parse.ts';
import type { TextFile } from './text-file.ts';

/** A row's fields as byte positions: field k is bytes [starts[k], ends[k]), quotes not included. */
export interface Cells {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  count: number;
  /** Line of the file, from 1. */
  line: number;
}

export interface CsvHead {
  /** The first lines that are not blank, as they stand. */
  readonly lines: readonly string[];
  /** The first row that is not blank. */
  readonly first: readonly string[];
  readonly firstLine: number;
  /** The second, undefined where the file has but one. */
  readonly second: readonly string[] | undefined;
  /** Rows after the first, as far as the head reaches: to find a first readable value. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: number;
}

const NEWLINE = 10;
const QUOTE = 34;
const SPACE = 32;
const MAX_FIELDS = 4096;
const MAX_LINE = 1 << 20;
const HEAD_BYTES = 1 << 16;

export interface CsvScanner {
  readonly cells: Cells;
  /** Reads rows until `onRow` returns false or the bytes at hand are used up; true in the first case. */
  scan(onRow: () => boolean): boolean;
  /** Gives the scanner more bytes; `last` when there are no more. */
  feed(chunk: Uint8Array, last: boolean): void;
}

/**
 * @param width fields that every row must have; 0: any
 * @param takeRows takes rows by itself from position `at` on, up to the newline at `limit`, counts their lines and gives the position
 *   behind them; the next row is split
 */
export function createCsvScanner(
  file: string,
  delimiter: number,
  width: number,
  takeRows?: (cells: Cells, at: number, limit: number) => number,
): CsvScanner {
  const cells: Cells = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MAX_FIELDS),
    ends: new Int32Array(MAX_FIELDS),
    count: 0,
    line: 0,
  };
  let at = 0;
  let end = 0;
  /** The last newline. */
  let limit = -1;
  let ended = false;

  const wrongWidth = (): never =>
    fail('input', `${file} line ${cells.line}`, `${width} fields, as in the first row`, `${cells.count}`);

  return {
    cells,
    scan(onRow) {
      while (at < end) {
        if (takeRows !== undefined && (at = takeRows(cells, at, limit)) === end) break;
        const next = splitRow(cells, at, end, delimiter, ended);
        if (next < 0) {
          if (end - at > MAX_LINE) failLong(file, cells.line + 1);
          return false;
        }
        cells.line++;
        at = next;
        if (cells.count < 0) failQuote(file, cells.line);
        if (cells.count === 0) continue;
        if (width !== 0 && cells.count !== width) wrongWidth();
        if (!onRow()) return true;
      }
      return false;
    },
    feed(chunk, last) {
      const rest = cells.bytes.subarray(at, end);
      // Never a Buffer, which loops over bytes would have to tell from others.
      cells.bytes = joined([rest, chunk]);
      at = 0;
      end = cells.bytes.length;
      limit = cells.bytes.lastIndexOf(NEWLINE);
      ended = last;
    },
  };
}

function failLong(file: string, line: number): never {
  fail(
    'input',
    `${file} line ${line}`,
    'lines shorter than 1 MiB',
    'a longer one: not a text table, or its end is missing',
  );
}

function failQuote(file: string, line: number): never {
  fail('input', `${file} line ${line}`, 'a closing quote on the same line', 'none');
}

/**
 * Splits the row at `at` into `cells`; count 0 for a blank line, -1 for an open quote.
 * @returns position after the row; -1 where its end is not among the bytes yet
 */
function splitRow(cells: Cells, at: number, end: number, delimiter: number, ended: boolean): number {
  const { bytes, starts, ends } = cells;
  // Digits and letters, most of all bytes, lie above what ends a field where that is a comma or a tab.
  const most = delimiter > QUOTE ? delimiter : QUOTE;
  let field = 0;
  let start = at;
  let i = at;
  let quoted = false;
  for (; ; i++) {
    while (i < end && bytes[i] > most) i++;
    const byte = i < end ? bytes[i] : NEWLINE;
    if (byte === delimiter) {
      starts[field] = start;
      ends[field] = i;
      if (field < MAX_FIELDS - 1) field++;
      start = i + 1;
    } else if (byte === NEWLINE) break;
    else if (byte === QUOTE && i === start) {
      const close = closingQuote(bytes, i + 1, end);
      if (close === -2 && !ended) return -1;
      if (close < 0) {
        cells.count = -1;
        return lineEnd(bytes, i, end);
      }
      i = close;
      quoted = true;
    }
  }
  if (i >= end && !ended) return -1;
  const stop = i > start && bytes[i - 1] === 13 ? i - 1 : i;
  starts[field] = start;
  ends[field] = stop;
  cells.count = field === 0 && isBlank(bytes, start, stop) ? 0 : field + 1;
  if (quoted) unquote(cells);
  return Math.min(i + 1, end);
}

/** Position of the quote that closes a field, -1 where the line ends before it, -2 where the bytes do. */
function closingQuote(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    if (bytes[i] === NEWLINE) return -1;
    if (bytes[i] !== QUOTE) continue;
    if (bytes[i + 1] === QUOTE && i + 1 < end) i++;
    else return i;
  }
  return -2;
}

function lineEnd(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && bytes[i] !== NEWLINE) i++;
  return Math.min(i + 1, end);
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}

function unquote(cells: Cells): void {
  const { bytes, starts, ends } = cells;
  for (let k = 0; k < cells.count; k++) {
    if (bytes[starts[k]] !== QUOTE || ends[k] - starts[k] < 2 || bytes[ends[k] - 1] !== QUOTE) continue;
    starts[k]++;
    ends[k]--;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The fields of the row at hand as text. */
export function cellTexts(cells: Cells): string[] {
  return Array.from({ length: cells.count }, (_, k) => textOf(cells.bytes, cells.starts[k], cells.ends[k]));
}

/** The first rows of a text file and what separates their fields. @throws where there is no row at all */
export async function readCsvHead({ file, chunks }: TextFile): Promise<CsvHead> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let whole = true;
  let newlines = 0;
  for await (const chunk of chunks()) {
    // A header and a row, however wide.
    if (size >= HEAD_BYTES && (newlines > 1 || size > MAX_LINE)) {
      whole = false;
      break;
    }
    parts.push(chunk);
    size += chunk.length;
    let at = -1;
    while (newlines < 2 && (at = chunk.indexOf(NEWLINE, at + 1)) >= 0) newlines++;
  }
  const bytes = joined(parts);
  requireText(bytes, file);
  const delimiter = delimiterOf(bytes, whole);
  const scanner = createCsvScanner(file, delimiter, 0);
  scanner.feed(bytes, whole);
  const rows: string[][] = [];
  let firstLine = 0;
  scanner.scan(() => {
    if (rows.length === 0) firstLine = scanner.cells.line;
    return rows.push(cellTexts(scanner.cells)) < 1000;
  });
  if (rows.length === 0) {
    fail('input', file, 'a header or rows of values', bytes.length === 0 ? 'nothing' : 'blank lines only');
  }
  if (rows.length === 1 && !whole) failLong(file, scanner.cells.line + 1);
  return { lines: headLines(bytes, whole), first: rows[0], firstLine, second: rows[1], rows: rows.slice(1), delimiter };
}

/** The lines that are not blank; where the file goes on, the last one may be cut off and is left out. */
function headLines(bytes: Uint8Array, whole: boolean): string[] {
  const lines = decoder.decode(bytes).split('\n', 1000);
  const complete = whole || lines.length === 1000 ? lines : lines.slice(0, -1);
  return complete.map((line) => line.trim()).filter((line) => line !== '');
}

function delimiterOf(bytes: Uint8Array, whole: boolean): number {
  const lines = headLines(bytes, whole);
  if (areSpaced(lines)) return SPACE;
  const [line = ''] = lines;
  // Where decimals follow a comma, there are as many commas as semicolons.
  const counts = [';', '\t', ','].map((mark) => line.split(mark).length);
  return [59, 9, 44][counts.indexOf(Math.max(...counts))];
}

/** A day or a time of day, of which two may be one time. */
const PART_OF_TIME = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$|^\d{1,2}:\d\d/;

/** Whether single spaces divide all lines alike, as numpy writes them, and nothing else does: no comment before them, no space within a field. */
function areSpaced(lines: readonly string[]): boolean {
  const [first = ''] = lines;
  const width = first.split(' ').length;
  const isRow = (line: string): boolean => {
    const cells = line.split(' ');
    return cells.length === width && cells.every((cell) => cell !== '' && !PART_OF_TIME.test(cell));
  };
  return (
    width > 2 &&
    lines.length > 1 &&
    !first.startsWith('#') &&
    lines.every((line) => !/[,;\t"]/.test(line) && isRow(line))
  );
}

/** Rows of a whole file, driven by `onRow`, which may ask for a pause by returning false; yields at each pause. */
export async function* scanFile({ chunks }: TextFile, scanner: CsvScanner, onRow: () => boolean): AsyncGenerator<void> {
  for await (const chunk of chunks()) {
    scanner.feed(chunk, false);
    while (scanner.scan(onRow)) yield;
  }
  scanner.feed(new Uint8Array(0), true);
  while (scanner.scan(onRow)) yield;
}
