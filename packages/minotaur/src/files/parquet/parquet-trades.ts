/** Trades from Parquet. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createTradeBlock, TRADE_COLUMNS, type TradeColumn } from 'minotaur-core/internal/trades/trade';
import {
  chunksOf,
  doubleSql,
  doublesOf,
  fromParquet,
  parquetColumns,
  quoted,
  readingParquet,
  timeSample,
  timeSql,
} from './duck.ts';
import type { Duck, ParquetColumn } from './duck.ts';
import { layoutOfNames } from '../csv/layout.ts';
import type { InputOptions, Layout } from '../csv/layout.ts';
import { BLOCK_ROWS, CHUNK_ROWS, alternating, placeOf } from '../trades/source-block.ts';
import type { FileReader, SourceBlock } from '../trades/source-block.ts';
import { failUnit, findOutOfRange, settleUnit } from '../csv/time-unit.ts';
import type { TimeUnit } from '../csv/time-unit.ts';

/** Opens a Parquet file of trades: its columns and unit are settled, its rows are not read yet. */
export async function openParquetTrades(duck: Duck, file: string, options: InputOptions): Promise<FileReader> {
  const columns = await readingParquet(file, () => parquetColumns(duck, file));
  const names = columns.map(({ name }) => name);
  const layout = layoutOfNames(names, options, file);
  const counted = await readingParquet(file, () => duck.connection.run(`SELECT count(*) FROM ${fromParquet(file)}`));
  const rows = Number((await counted.getRows())[0][0]);
  if (rows === 0) fail('input', file, 'trades', 'no trades: 0 rows');
  const timeColumn = columns[layout.fields.time];
  const sample = await readingParquet(file, () => timeSample(duck, file, timeColumn));
  const unit = settleUnit(sample, options.timeUnit, `${file}, column ${timeColumn.name}`);
  const sql = tradesSql(columns, layout, unit, file);
  return {
    layout: { file, layout: layout.name, header: true, timeUnit: unit, container: 'parquet', rows },
    blocks: () => parquetBlocks(duck, file, sql, unit, options.blockRows ?? BLOCK_ROWS),
  };
}

function tradesSql(
  columns: readonly ParquetColumn[],
  { fields, sideMeans }: Layout,
  unit: TimeUnit,
  file: string,
): string {
  const nan = "CAST('NaN' AS DOUBLE)";
  const double = (at: number): string => (at < 0 ? nan : doubleSql(columns[at]));
  const id = double(fields.id);
  const sql: Record<TradeColumn, string> = {
    time: timeSql(columns[fields.time], unit),
    // beyond 2^53 a double makes neighbours equal: no numeric id
    id: fields.id < 0 ? nan : `CASE WHEN abs(${id}) <= 9007199254740991 THEN ${id} ELSE ${nan} END`,
    price: double(fields.price),
    quantity: double(fields.quantity),
    quoteQuantity: double(fields.quoteQuantity),
    side: fields.side < 0 ? nan : sideSql(columns[fields.side], sideMeans === 'taker' ? 1 : -1),
  };
  return `SELECT ${TRADE_COLUMNS.map((name) => sql[name]).join(', ')} FROM ${fromParquet(file)}`;
}

/** The same words as `sideOf`. */
function sideSql({ name, type }: ParquetColumn, yes: number): string {
  const number = (value: number): string => `CAST(${value} AS DOUBLE)`;
  const nan = "CAST('NaN' AS DOUBLE)";
  if (type === 'BOOLEAN')
    return `CASE ${quoted(name)} WHEN true THEN ${number(yes)} WHEN false THEN ${number(-yes)} ELSE ${nan} END`;
  const word = `lower(trim(CAST(${quoted(name)} AS VARCHAR)))`;
  return `CASE WHEN ${word} IN ('true', '1', 'buy', 'b', 't') THEN ${number(yes)}
    WHEN ${word} IN ('false', '0', 'sell', 's', 'f', '-1') THEN ${number(-yes)} ELSE ${nan} END`;
}

async function* parquetBlocks(
  duck: Duck,
  file: string,
  sql: string,
  unit: TimeUnit,
  blockRows: number,
): AsyncGenerator<SourceBlock> {
  const capacity = blockRows + CHUNK_ROWS;
  const next = alternating(() => ({ block: createTradeBlock(capacity), numbers: new Float64Array(capacity) }));
  let { block, numbers } = next();
  let rows = 0;
  const take = (): SourceBlock => {
    const source = { block, file, unit: 'row', numbers } as const;
    for (let i = 0; i < block.length; i++) numbers[i] = ++rows;
    const bad = findOutOfRange(block.time, block.length);
    if (bad >= 0) failUnit(placeOf(source, bad), unit, block.time[bad]);
    return source;
  };
  for await (const chunk of chunksOf(duck, file, sql)) {
    const at = block.length;
    TRADE_COLUMNS.forEach((name, k) => block[name].set(doublesOf(chunk, k).subarray(0, chunk.rowCount), at));
    block.length = at + chunk.rowCount;
    if (block.length < blockRows) continue;
    yield take();
    ({ block, numbers } = next()); // only now: until here the consumer may still hold the other block
    block.length = 0;
  }
  if (block.length > 0) yield take();
}
