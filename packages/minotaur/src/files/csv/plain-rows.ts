/**
 * Rows of nothing but what most rows are made of, read in one pass over their bytes: digits with at most one point, known words
 * for the side, symbols and other texts that were taken before, fields that nobody looks at. Of any other row nothing is taken: it is left to the reader that knows quotes, blanks,
 * signs and dirt, and refuses what has to be refused. What both take, they take alike, to the bit.
 */
import { ID_WORDS, WORD } from 'minotaur-core/internal/trades/id';
import type { Page } from '../trades/source-block.ts';
import type { Cells } from './csv.ts';
import type { RowReader } from './csv-rows.ts';
import type { InputOptions, Layout } from './layout-contract.ts';
import { parseCount, POWERS } from './parse.ts';
import { sideReader, sidesOf, wordsOf } from './side-words.ts';
import { wasTaken, type RowTexts, type ToldTexts } from './told-texts.ts';
import { UNIT_SHIFT } from './time-unit.ts';

/**
 * Takes rows from `at` on, up to the newline at `limit` and as long as the page has fewer than `room`, and counts their lines; gives the position behind
 * the last.
 */
export type PlainRows = (cells: Cells, at: number, limit: number, page: Page, room: number) => number;

interface Table extends Pick<RowReader, 'layout' | 'reading' | 'unit' | 'options'> {
  readonly delimiter: number;
  /** Fields of every row. */
  readonly width: number;
}

/** What a field is. */
const UNREAD = 0;
const NUMBER = 1;
const INTEGER = 2;
const LONG_TIME = 3;
const SIDE = 4;
const TOLD = 5;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
/** Digits of an integer of 32 bits, and of two such halves that make a double exactly. */
const HALF = 9;
const MOST_DIGITS = 15;

/** Whether rows of a layout are read as nothing but numbers, words and what was told before. */
function mayBePlain({ fields, where, signed, isFixed = false }: Layout, { decimal, inspect }: InputOptions): boolean {
  const { time, date, price, quantity, id, side, quote, symbol } = fields;
  const isOther = decimal !== undefined || (inspect === true && quote >= 0);
  // A symbol that is declared by `where` too was taken as both.
  const declared = where.map(({ at }) => at).filter((at) => at !== symbol);
  const read = [time, price, quantity, id, side, symbol, ...declared].filter((at) => at >= 0);
  // A column that was declared to be two things has no one kind.
  const isShared = new Set(read).size < read.length;
  return !(date >= 0 || signed || isFixed || isOther || isShared);
}

/**
 * How the fields of a table are read, where they are such that its rows may be plain; undefined where they are not.
 * @param texts what the other reader has taken: a row that says anything else of what is traded is left to it
 */
export function plainRows(
  { layout, reading, unit, options, delimiter, width }: Table,
  { told, symbol, where }: RowTexts,
): PlainRows | undefined {
  const { time, price, quantity, id, side } = layout.fields;
  if (unit === 'iso' || !mayBePlain(layout, options)) return undefined;
  const shift = UNIT_SHIFT[unit];
  const scale = POWERS[Math.max(0, shift)];
  const means = layout.sideMeans ?? reading.sideMeans;
  const readSide = sideReader(wordsOf(sidesOf(layout.sides, reading), means), means);
  const kinds = new Int32Array(width);
  kinds[price] = kinds[quantity] = NUMBER;
  kinds[time] = shift < 0 ? LONG_TIME : INTEGER;
  if (id >= 0) kinds[id] = INTEGER;
  if (side >= 0) kinds[side] = SIDE;
  const textsOf = new Array<ToldTexts | undefined>(width).fill(undefined);
  // The symbol last: what `where` says of its column held for all that was taken.
  for (const texts of [...where, ...told, ...(symbol === undefined ? [] : [symbol])]) {
    kinds[texts.column.at] = TOLD;
    textsOf[texts.column.at] = texts;
  }
  /** Of the row at hand, one a field. */
  const values = new Float64Array(width);

  /** Reads a field that is neither into `values`; the position of the byte that ends it, -1 where it is not plain. */
  function readOther(bytes: Uint8Array, from: number, field: number): number {
    const end = fieldEnd(bytes, from, delimiter);
    const kind = kinds[field];
    if (kind === UNREAD || end < 0) return end;
    // Anywhere else it is part of a text.
    const to = bytes[end] === NEWLINE && bytes[end - 1] === RETURN ? end - 1 : end;
    const texts = textsOf[field];
    if (texts !== undefined) return wasTaken(texts, bytes, from, to) ? end : -1;
    values[field] = kind === SIDE ? readSide(bytes, from, to) : parseCount(bytes, from, to, shift);
    // A word that is not known, none at all, a time that is none.
    return values[field] !== 0 && values[field] === values[field] ? end : -1;
  }

  /** The position behind a row whose fields are in `values`; -1 where it is not plain. */
  function readRow(bytes: Uint8Array, at: number): number {
    let i = at - 1;
    for (let field = 0; field < width; field++) {
      i++;
      const kind = kinds[field];
      if (kind === NUMBER) i = readDecimal(bytes, i, values, field);
      else if (kind === INTEGER) i = readInteger(bytes, i, values, field);
      else i = readOther(bytes, i, field);
      if (i < 0) return -1;
      if (bytes[i] !== delimiter && field < width - 1) return -1;
    }
    if (bytes[i] === RETURN) i++;
    if (bytes[i] !== NEWLINE) return -1;
    // Beyond it a count in another unit is rounded, and how is the other reader's to say.
    return values[time] * scale <= Number.MAX_SAFE_INTEGER ? i + 1 : -1;
  }

  return (cells, at, limit, { block, numbers }, room) => {
    const { bytes } = cells;
    const { time: times, price: prices, quantity: quantities, side: sides, id: ids } = block;
    const before = block.length;
    let i = before;
    while (at < limit && i < room) {
      const next = readRow(bytes, at);
      if (next < 0) break;
      times[i] = values[time] * scale;
      prices[i] = values[price];
      quantities[i] = values[quantity];
      sides[i] = side < 0 ? NaN : values[side];
      writeId(ids, i, id < 0 ? NaN : values[id]);
      at = next;
      i++;
      numbers[i - 1] = cells.line + i - before;
    }
    cells.line += i - before;
    block.length = i;
    return at;
  };
}

/** `setId` of a number below 2^53, or of none where it is NaN. */
function writeId(words: Uint32Array, i: number, id: number): void {
  const at = ID_WORDS * i;
  if (id !== id) {
    words.fill(0xffffffff, at, at + ID_WORDS);
    return;
  }
  const high = Math.floor(id / WORD);
  words[at] = id - high * WORD;
  words[at + 1] = high;
  words[at + 2] = 0;
  words[at + 3] = 0;
}

/** Digits with at most one point, no more than make one exactly rounded division. As `parseNumber`. */
function readDecimal(bytes: Uint8Array, from: number, values: Float64Array, at: number): number {
  let high = 0;
  let low = 0;
  let digits = 0;
  let point = -1;
  let i = from;
  for (; ; i++) {
    const digit = bytes[i] - 48;
    if (digit >= 0 && digit <= 9) {
      if (digits < HALF) high = (high * 10 + digit) | 0;
      else low = (low * 10 + digit) | 0;
      digits++;
    } else if (digit === -2 && point < 0) point = digits;
    else break;
  }
  if (digits === 0 || digits > MOST_DIGITS) return -1;
  const mantissa = digits <= HALF ? high : high * POWERS[digits - HALF] + low;
  values[at] = point < 0 ? mantissa : mantissa / POWERS[digits - point];
  return i;
}

/** Digits alone, no more than a double holds exactly. */
function readInteger(bytes: Uint8Array, from: number, values: Float64Array, at: number): number {
  let high = 0;
  let low = 0;
  let i = from;
  for (; ; i++) {
    const digit = bytes[i] - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    if (i - from < HALF) high = (high * 10 + digit) | 0;
    else low = (low * 10 + digit) | 0;
  }
  const digits = i - from;
  if (digits === 0 || digits > MOST_DIGITS + 1) return -1;
  values[at] = digits <= HALF ? high : high * POWERS[digits - HALF] + low;
  return values[at] <= Number.MAX_SAFE_INTEGER ? i : -1;
}

/** The position of the byte that ends a field; -1 where it begins with a quote. */
function fieldEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  if (bytes[from] === QUOTE) return -1;
  // A comma and a tab lie below digits and letters, which are most of all bytes.
  const most = delimiter > NEWLINE ? delimiter : NEWLINE;
  let i = from;
  for (; ; i++) {
    while (bytes[i] > most) i++;
    if (bytes[i] === delimiter || bytes[i] === NEWLINE) return i;
  }
}
