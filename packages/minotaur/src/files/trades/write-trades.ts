/** Trades to files, in Binance's layout, so that other tools read them too. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fail } from 'minotaur-core/internal/base/errors';
import { idNumber, idText } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { partialFile } from '../atomic.ts';
import { writing } from '../../node/writing.ts';
import { createTableWriter } from '../parquet/table-writer.ts';
import type { TableColumn } from '../parquet/table-writer.ts';
import { CSV_HEADER, csvText, quotes, type Counted } from './trades-text.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'id', type: 'BIGINT' },
  { name: 'price', type: 'DOUBLE' },
  { name: 'qty', type: 'DOUBLE' },
  { name: 'quote_qty', type: 'DOUBLE' },
  { name: 'time', type: 'BIGINT' },
  { name: 'is_buyer_maker', type: 'BOOLEAN' },
];

/**
 * Writes trades with an id and a known side to `.parquet` or `.csv.gz`; times in microseconds. The file appears whole or
 * not at all.
 * @param counted what a quantity of 1 is, for the quote quantity beside it; spot where absent
 * @returns how many
 * @throws {MinotaurError} for another ending, a trade without id or side, or a place that cannot be written
 */
export async function writeTrades(
  path: string,
  blocks: Iterable<TradeBlock> | AsyncIterable<TradeBlock>,
  counted?: Counted,
): Promise<number> {
  if (path.endsWith('.parquet')) return writeParquet(path, blocks, counted);
  if (path.endsWith('.csv.gz')) return writeCsv(path, blocks, counted);
  return fail('config', path, 'a name that ends in .parquet or .csv.gz', 'another ending');
}

async function writeParquet(
  path: string,
  blocks: Iterable<TradeBlock> | AsyncIterable<TradeBlock>,
  counted: Counted | undefined,
): Promise<number> {
  const table = createTableWriter(path, COLUMNS);
  let maker = new Float64Array(0);
  try {
    for await (const block of blocks) {
      checkWritable(path, block, table.rows);
      if (maker.length < block.length) maker = new Float64Array(block.length);
      for (let i = 0; i < block.length; i++) maker[i] = block.side[i] < 0 ? 1 : 0;
      const { price, quantity, time } = block;
      table.appendColumns(block.length, [idsOf(block), price, quantity, quotes(block, counted), time, maker]);
    }
    table.commit();
  } catch (error) {
    table.abort();
    throw error;
  }
  return table.rows;
}

function checkWritable(path: string, block: TradeBlock, before: number): void {
  for (let i = 0; i < block.length; i++) {
    const isWhole = !Number.isNaN(idNumber(block.id, i)) && Number.isSafeInteger(block.time[i]);
    if (isWhole && (block.side[i] === 1 || block.side[i] === -1)) continue;
    const found = `id ${idText(block.id, i)}, time ${block.time[i]}, side ${block.side[i]}`;
    fail('input', `trade ${before + i + 1} for ${path}`, 'a trade with integer id and time and a known side', found);
  }
}

function idsOf({ length, id }: TradeBlock): Float64Array {
  return Float64Array.from({ length }, (_, i) => idNumber(id, i));
}

async function writeCsv(
  path: string,
  blocks: Iterable<TradeBlock> | AsyncIterable<TradeBlock>,
  counted: Counted | undefined,
): Promise<number> {
  const file = partialFile(path);
  let rows = 0;
  async function* texts(): AsyncGenerator<string> {
    yield CSV_HEADER;
    for await (const block of blocks) {
      checkWritable(path, block, rows);
      rows += block.length;
      yield csvText(block, counted);
    }
  }
  try {
    await pipeline(texts, createGzip({ level: 4, chunkSize: 1 << 18 }), createWriteStream(file.path));
    file.commit();
  } catch (error) {
    file.abort();
    return writing(path, () => {
      throw error;
    });
  }
  return rows;
}
