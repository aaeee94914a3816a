/** Trades from text tables. */
import { fail } from 'minotaur-core/internal/base/errors';
import { setId, setIdBytes } from 'minotaur-core/internal/trades/id';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { createCsvScanner, scanFile } from './csv.ts';
import type { Cells, CsvHead } from './csv.ts';
import { isHeader, layoutOfNames, layoutOfShape, sideOf } from './layout.ts';
import type { InputOptions, Layout } from './layout.ts';
import { parseCount, parseIso, parseIsoBytes, parseNumber, textOf } from './parse.ts';
import { BLOCK_ROWS, alternating, placeOf, sourceBlock } from '../trades/source-block.ts';
import type { FileReader, SourceBlock } from '../trades/source-block.ts';
import type { Compression } from './text-stream.ts';
import { UNIT_SHIFT, failUnit, findOutOfRange, settleUnit } from './time-unit.ts';
import type { TimeUnit } from './time-unit.ts';

interface CsvTrades {
  readonly file: string;
  readonly compression: Compression;
  readonly layout: Layout;
  readonly unit: TimeUnit;
  /** Line of the header, 0 where there is none. */
  readonly headerLine: number;
  readonly width: number;
  readonly delimiter: number;
  readonly blockRows: number;
}

/** Opens a text table of trades: its layout is settled, its rows are not read yet. */
export function openCsvTrades(
  file: string,
  compression: Compression,
  head: CsvHead,
  options: InputOptions,
): FileReader {
  const header = isHeader(head.first);
  const where = `${file} line ${head.firstLine}`;
  const layout = header ? layoutOfNames(head.first, options, where) : layoutOfShape(head.first, options, where);
  if (header && head.second === undefined) fail('input', file, 'trades', 'no trades: a header and nothing below it');
  const trades: CsvTrades = {
    file,
    compression,
    layout,
    unit: csvUnit(head, header, layout.fields.time, options.timeUnit, file),
    headerLine: header ? head.firstLine : 0,
    width: head.first.length,
    delimiter: head.delimiter,
    blockRows: options.blockRows ?? BLOCK_ROWS,
  };
  return {
    layout: { file, layout: layout.name, header, timeUnit: trades.unit, container: compression },
    blocks: () => csvBlocks(trades),
  };
}

/** The unit of time column `at`, from the first value in it that can be read. */
export function csvUnit(
  head: CsvHead,
  header: boolean,
  at: number,
  given: TimeUnit | undefined,
  file: string,
): TimeUnit {
  const rows = header ? head.rows : [head.first, ...head.rows];
  const texts = rows.map((row) => row[at] ?? '');
  const sampleOf = (text: string) => ({
    text,
    number: parseNumber(Buffer.from(text), 0, text.length),
    isIso: !Number.isNaN(parseIso(text)),
  });
  const readable = texts.map(sampleOf).find(({ number, isIso }) => isIso || !Number.isNaN(number));
  return settleUnit(readable ?? sampleOf(texts[0]), given, `${file}, the first time`);
}

/** Reads bytes [from, to) as microseconds. */
export function timeReader(unit: TimeUnit): (bytes: Uint8Array, from: number, to: number) => number {
  if (unit === 'iso') return parseIsoBytes;
  const shift = UNIT_SHIFT[unit];
  return (bytes, from, to) => parseCount(bytes, from, to, shift);
}

function rowFiller(cells: Cells, trades: CsvTrades): (block: TradeBlock) => void {
  const { time, price, quantity, id, side } = trades.layout.fields;
  const readTime = timeReader(trades.unit);
  const readSide = sideReader(trades.layout);
  const { starts, ends } = cells;
  return (block) => {
    const { bytes } = cells;
    const i = block.length++;
    block.time[i] = readTime(bytes, starts[time], ends[time]);
    block.price[i] = parseNumber(bytes, starts[price], ends[price]);
    block.quantity[i] = parseNumber(bytes, starts[quantity], ends[quantity]);
    if (id < 0) setId(block.id, i, undefined);
    else setIdBytes(block.id, i, bytes, starts[id], ends[id]);
    block.side[i] = side < 0 ? NaN : readSide(bytes, starts[side], ends[side]);
  };
}

/** The few words of a side column differ in first byte and length; each such pair is read as text once. */
function sideReader(layout: Layout): (bytes: Uint8Array, from: number, to: number) => number {
  const words = new Map<string, number>();
  const remembered = new Map<number, { text: Uint8Array; side: number }>();
  const slow = (bytes: Uint8Array, from: number, to: number): number => {
    const text = textOf(bytes, from, to);
    let side = words.get(text);
    if (side === undefined) {
      side = sideOf(text, layout.sideMeans);
      if (words.size < 64) words.set(text, side);
    }
    remembered.set(bytes[from] * 64 + (to - from), { text: bytes.slice(from, to), side });
    return side;
  };
  return (bytes, from, to) => {
    if (to <= from || to - from > 63) return NaN;
    const known = remembered.get(bytes[from] * 64 + (to - from));
    if (known === undefined) return slow(bytes, from, to);
    for (let i = from + 1, k = 1; i < to; i++, k++) if (bytes[i] !== known.text[k]) return slow(bytes, from, to);
    return known.side;
  };
}

async function* csvBlocks(trades: CsvTrades): AsyncGenerator<SourceBlock> {
  const { file, blockRows } = trades;
  const scanner = createCsvScanner(file, trades.delimiter, trades.width);
  const { cells } = scanner;
  const fill = rowFiller(cells, trades);
  const next = alternating(() => ({ block: createTradeBlock(blockRows), lines: new Float64Array(blockRows) }));
  let current = next();
  const take = (): SourceBlock => {
    const { block, lines: numbers } = current;
    const source = sourceBlock({ block, file, unit: 'line', numbers });
    const bad = findOutOfRange(block.time, block.length);
    if (bad >= 0) failUnit(placeOf(source, bad), trades.unit, block.time[bad]);
    return source;
  };
  const onRow = (): boolean => {
    if (cells.line === trades.headerLine) return true;
    current.lines[current.block.length] = cells.line;
    fill(current.block);
    return current.block.length < blockRows;
  };
  for await (const _ of scanFile(file, trades.compression, scanner, onRow)) {
    yield take();
    current = next(); // only now: until here the consumer may still hold the other block
    current.block.length = 0;
  }
  if (current.block.length > 0) yield take();
}
