/** The blocks of a Parquet file of trades that is decoded here: a row group's columns at a time, then its rows. */
import { WORD } from 'minotaur-core/internal/trades/id';
import { fail } from 'minotaur-core/internal/base/errors';
import { placeOf, sourceBlock, type Page, type SourceBlock } from '../trades/source-block.ts';
import { columnsAhead, type ColumnsAhead, type GroupColumns } from './columns-ahead.ts';
import type { FlatTrades } from './flat-columns.ts';
import type { WideColumns } from './wide-columns.ts';

interface Reading {
  readonly flat: FlatTrades;
  /** Microseconds of a unit of its times; a thousandth: nanoseconds, whose fractions are cut off. */
  readonly scale: number;
  readonly blockRows: number;
}

/**
 * The trades, in the order of the file.
 * @param ahead the columns of the files that are read in turn, of which this is the next; absent where it is read alone
 */
export async function* flatBlocks(
  { flat, scale, blockRows }: Reading,
  ahead?: ColumnsAhead,
): AsyncGenerator<SourceBlock> {
  const { file, groups } = flat;
  const columns = ahead ?? columnsAhead([flat], false);
  const { next, wide } = columns.pages(blockRows);
  let before = 0;
  try {
    for (const { rows } of groups) {
      const group = await columns.next();
      for (let from = 0; from < rows; from += blockRows) {
        const page = next();
        const length = Math.min(blockRows, rows - from);
        const part = fill(page, group, wide, { file, scale, from, before, length });
        yield sourceBlock({ ...part, file, unit: 'row', leftOut: {} });
        // The block before this one is done with, and so is its group.
        if (from === 0) columns.pass();
      }
      before += rows;
    }
  } finally {
    if (ahead === undefined) columns.close();
  }
}

/** Where rows are, and the unit of their times. */
interface Place {
  readonly file: string;
  readonly scale: number;
  /** In their row group. */
  readonly from: number;
  /** Rows of the groups before. */
  readonly before: number;
  readonly length: number;
}

/** Rows from `from` on: doubles where they are, all else in the page. */
function fill(page: Page, group: GroupColumns, wide: WideColumns, place: Place): Page {
  const { file, scale, from, before, length } = place;
  const { words, numbers } = page;
  const { id, time, side, price, quantity } = group.columns;
  const doubles = { price: price.subarray(from, from + length), quantity: quantity.subarray(from, from + length) };
  const block = { ...page.block, ...doubles, length };
  fillNumbers(numbers, before + from + 1, length);
  settleDoubles(block.price);
  settleDoubles(block.quantity);
  if (scale < 1) fillNanos(block.time, time, from, length);
  else wide.times(block, time, scale, place);
  const wrong = wide.ids(block, id, place);
  if (wrong >= 0) {
    const at = 2 * (from + wrong);
    failId(placeOf({ ...page, file, unit: 'row' }, wrong), id[at + 1] * WORD + (id[at] >>> 0));
  }
  wide.sides(block, side, place);
  if (group.words.size > 0)
    for (let i = 0; i < length; i++) {
      const word = group.words.get(from + i);
      if (word !== undefined) words.set(i, word);
    }
  return { ...page, block };
}

/** Rows that one call of a loop looks at: a loop over a whole block is run by the interpreter for long. */
const STRETCH = 2048;

/** NaN where there is none that is finite. Nearly all are, so they are looked at together first. */
function settleDoubles(values: Float64Array): void {
  for (let from = 0; from < values.length; from += STRETCH) {
    const to = Math.min(values.length, from + STRETCH);
    if (areFinite(values, from, to)) continue;
    for (let i = from; i < to; i++) if (values[i] - values[i] !== 0) values[i] = NaN;
  }
}

/** What is not finite makes a sum NaN. In four sums, none of which waits for another. */
function areFinite(values: Float64Array, from: number, to: number): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    a += values[i] - values[i];
    b += values[i + 1] - values[i + 1];
    c += values[i + 2] - values[i + 2];
    d += values[i + 3] - values[i + 3];
  }
  for (; i < to; i++) a += values[i] - values[i];
  return a + b + c + d === 0;
}

/** Nanoseconds do not fit a double: divided while they are integers, towards zero. */
function fillNanos(into: Float64Array, words: Int32Array, from: number, length: number): void {
  for (let i = 0, at = 2 * from; i < length; i++, at += 2) {
    const high = words[at + 1];
    const low = words[at] >>> 0;
    const whole = Math.trunc(high / 1000);
    into[i] = high < 0 ? slowMicros(high, low) : whole * WORD + Math.floor(((high - 1000 * whole) * WORD + low) / 1000);
  }
}

const slowMicros = (high: number, low: number): number => Number(((BigInt(high) << 32n) + BigInt(low)) / 1000n);

/** Refuses a number that is no id, or is one no more: it was negative, or its last digits are gone. */
export function failId(where: string, found: number): never {
  const expected = 'an id with all of its digits: an integer that is not negative, or text';
  fail('input', where, expected, `${found}, a number that is negative or too large for its type`);
}

function fillNumbers(into: Float64Array, first: number, length: number): void {
  for (let i = 0; i < length; i++) into[i] = first + i;
}
