/** Rows of a text table as trades of a block: which are taken, and what they hold. */
import { fail } from 'minotaur-core/internal/base/errors';
import { setId, setIdBytes } from 'minotaur-core/internal/trades/id';
import { parseIso } from 'minotaur-core/internal/base/texts';
import type { Reading } from '../trades/reading.ts';
import type { Page } from '../trades/source-block.ts';
import type { SymbolFilter } from '../trades/symbol-filter.ts';
import type { Cells } from './csv.ts';
import type { InputOptions, Layout } from './layout.ts';
import { dayMicros, toUtc, zoneOffset, type DayColumns } from './local-time.ts';
import { numberReader } from './number-format.ts';
import { parseCount, parseIsoBytes, parseNumber, textOf } from './parse.ts';
import { failSigned, sideReader, sidesOf, wordsOf } from './side-words.ts';
import { FIXED_UNITS, NO_FIXED_PRICE } from './known-layouts.ts';
import { isText, takeText, wasTaken, type RowTexts, type ToldTexts } from './told-texts.ts';
import { UNIT_SHIFT, type TimeUnit } from './time-unit.ts';

/** Reads bytes [from, to) as microseconds. */
export function timeReader(unit: TimeUnit, zone?: string): (bytes: Uint8Array, from: number, to: number) => number {
  if (unit === 'iso' && zone !== undefined) {
    const ahead = zoneOffset(zone);
    return (bytes, from, to) => {
      const text = textOf(bytes, from, to);
      const micros = parseIso(text);
      return /(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)$/i.test(text.slice(11)) ? micros : toUtc(micros, ahead);
    };
  }
  if (unit === 'iso') return parseIsoBytes;
  const shift = UNIT_SHIFT[unit];
  return (bytes, from, to) => parseCount(bytes, from, to, shift);
}

/** The time of the row at hand, in microseconds. */
function rowTime(cells: Cells, { fields }: Layout, unit: TimeUnit, zone: string | undefined): () => number {
  const { starts, ends } = cells;
  const { time, date } = fields;
  if (date >= 0) return dayTimeReader(cells, { date, time }, zone);
  const read = timeReader(unit, zone);
  return () => read(cells.bytes, starts[time], ends[time]);
}

/** The time of the row at hand whose day is a column of its own, in microseconds. */
export function dayTimeReader(cells: Cells, columns: DayColumns, zone: string | undefined): () => number {
  const ahead = zoneOffset(zone ?? 'UTC');
  const text = (at: number): string => textOf(cells.bytes, cells.starts[at], cells.ends[at]);
  return () => toUtc(dayMicros(text, columns), ahead);
}

/** A price in units of 1e-9; NaN where it says that there is none. */
function fixedPrice(bytes: Uint8Array, from: number, to: number): number {
  const value = parseNumber(bytes, from, to);
  return value < NO_FIXED_PRICE ? value / FIXED_UNITS : NaN;
}

export interface RowReader {
  readonly layout: Layout;
  readonly reading: Reading;
  readonly unit: TimeUnit;
  readonly options: InputOptions;
  readonly where: () => string;
}

/** Writes the row at hand behind the trades of a page. */
export function rowFiller(cells: Cells, { layout, reading, unit, options, where }: RowReader): (page: Page) => void {
  const { price, quantity, id, side, quote } = layout.fields;
  const means = layout.sideMeans ?? reading.sideMeans;
  const readTime = rowTime(cells, layout, unit, options.zone);
  const readSide = sideReader(wordsOf(sidesOf(layout.sides, reading), means), means);
  const readPrice = layout.isFixed ? fixedPrice : numberReader(options.decimal, 'the price', where);
  const readQuantity = numberReader(options.decimal, 'the quantity', where);
  const bought = means === 'taker' ? 1 : -1;
  const { starts, ends } = cells;
  return ({ block, numbers, words, quote: quotes }) => {
    const { bytes } = cells;
    const i = block.length++;
    numbers[i] = cells.line;
    block.time[i] = readTime();
    block.price[i] = readPrice(bytes, starts[price], ends[price]);
    let amount = readQuantity(bytes, starts[quantity], ends[quantity]);
    let taker = NaN;
    if (layout.signed) {
      taker = amount < 0 ? -bought : bought;
      amount = Math.abs(amount);
    } else if (side >= 0) {
      taker = readSide(bytes, starts[side], ends[side]);
      if (taker === 0) words.set(i, textOf(bytes, starts[side], ends[side]));
    } else if (amount < 0) failSigned(where(), amount);
    block.quantity[i] = amount;
    block.side[i] = taker;
    if (quotes !== undefined) quotes[i] = parseNumber(bytes, starts[quote], ends[quote]);
    if (id < 0) setId(block.id, i, undefined);
    else setTrimmedId(block.id, i, { bytes, from: starts[id], to: ends[id], where });
  };
}

/** What spreadsheets make of a long number: its last digits are gone. */
const ROUNDED = /^\d\.\d+e\+?\d{1,3}$/i;
/** What tables of doubles make of a whole number. */
const WHOLE = /^(\d+)\.0*$/;
const POINT = 46;

interface IdField extends Pick<RowReader, 'where'> {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

function setTrimmedId(words: Uint32Array, i: number, { bytes, where, ...field }: IdField): void {
  let { from, to } = field;
  while (from < to && bytes[from] === 32) from++;
  while (to > from && bytes[to - 1] === 32) to--;
  let point = from;
  while (point < to && bytes[point] !== POINT) point++;
  if (point < to) {
    const text = textOf(bytes, from, to);
    if (ROUNDED.test(text))
      fail('input', where(), 'an id with all of its digits', `"${text}", rounded by a spreadsheet`);
    if (WHOLE.test(text)) to = point;
  }
  setIdBytes(words, i, bytes, from, to);
}

/** Whether field `at` of the row at hand is `wanted`, byte for byte. */
export const hasBytes = ({ bytes, starts, ends }: Cells, at: number, wanted: Uint8Array): boolean =>
  isText(bytes, starts[at], ends[at], wanted);

/**
 * Why the row at hand is left out; undefined where it is taken.
 * @param texts what other readers of the file have taken as well
 */
export function rowTest(
  cells: Cells,
  filter: Pick<SymbolFilter, 'takes' | 'requireSame'>,
  where: () => string,
  { told, symbol, where: declared }: RowTexts,
): () => string | undefined {
  const { starts, ends } = cells;
  const isTaken = (texts: ToldTexts): boolean => {
    const { at } = texts.column;
    return wasTaken(texts, cells.bytes, starts[at], ends[at]);
  };
  const textAt = (at: number): string => textOf(cells.bytes, starts[at], ends[at]);
  const take = (texts: ToldTexts, at = texts.column.at): void => takeText(texts, cells.bytes, starts[at], ends[at]);
  return () => {
    for (const texts of declared) if (!isTaken(texts)) return texts.reason;
    if (symbol !== undefined && !isTaken(symbol)) {
      if (!filter.takes(textAt(symbol.column.at), where)) return 'other symbol';
      take(symbol);
    }
    for (const texts of told) {
      if (isTaken(texts)) continue;
      filter.requireSame(texts.column, textAt(texts.column.at), where);
      take(texts);
    }
    return undefined;
  };
}
