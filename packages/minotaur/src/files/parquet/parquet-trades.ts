/** Trades from Parquet. */
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { fail } from 'minotaur-core/internal/base/errors';
import { setId, setIdHalves } from 'minotaur-core/internal/trades/id';
import { profileNamed, profileOfSymbol, profileOfTardis } from 'minotaur-core/internal/trades/venues/told';
import { evidenceOf } from '../csv/evidence.ts';
import { layoutOfNames } from '../csv/layout.ts';
import type { InputOptions } from '../csv/layout.ts';
import { failSigned } from '../csv/side-words.ts';
import { mayBeSide, withNamedSide, type SaidSides } from '../csv/named-side.ts';
import { kindThatMayBeSide, withSideOfKind } from '../csv/side-of-kind.ts';
import { settleUnit } from '../csv/time-unit.ts';
import { valuesOf } from './double-column.ts';
import { failId } from './flat-blocks.ts';
import { openFlatTrades } from './flat-trades.ts';
import { requireCounted, type MarketSaid } from '../trades/contracts.ts';
import { symbolOfName } from '../trades/file-symbol.ts';
import { readingOf } from '../trades/reading.ts';
import { BLOCK_ROWS, CHUNK_ROWS, pagesOf, placeOf, sourceBlock } from '../trades/source-block.ts';
import type { FileReader, LeftOut, Page, SourceBlock } from '../trades/source-block.ts';
import { failSeveral, type SymbolFilter } from '../trades/symbol-filter.ts';
import {
  chunksOf,
  doublesOf,
  fromParquet,
  parquetColumns,
  readingParquet,
  textSql,
  textsOf,
  timeSample,
} from './duck.ts';
import type { Duck } from './duck.ts';
import { requireSame } from './same-rows.ts';
import { requireSaidAmounts } from './said-amounts.ts';
import {
  SELECTED,
  conditions,
  declaredSql,
  tradeNumbers,
  tradesSql,
  type TradeNumbers,
  type TradesQuery,
} from './trades-sql.ts';

/** Rows by which it is told whether a column is the side, as of text. */
const FIRST_ROWS = 1000;

/** Types of columns that may be the side by their name: words, flags, and flags that are numbers. */
const MAY_SAY_SIDES = /^(VARCHAR|BOOLEAN|ENUM|U?(TINY|SMALL|BIG|HUGE)?INT|FLOAT|DOUBLE|DECIMAL)/;

interface ParquetTrades {
  readonly duck: Duck;
  readonly file: string;
  readonly sql: string;
  readonly numbers: TradeNumbers;
  /** What the side of a quantity above zero is, where the sign is the side. */
  readonly bought: number | undefined;
  /** Whether a quantity below zero needs a word: its sign may be a side. */
  readonly sidesUnknown: boolean;
  readonly leftOut: LeftOut;
  /** Whether the source's own turnover is wanted. */
  readonly quote: boolean;
  readonly blockRows: number;
}

/**
 * Opens a Parquet file of trades: its columns and unit are settled, its rows are not read yet.
 * @param open a DuckDB, which most files need none of
 */
export async function openParquetTrades(
  open: () => Promise<Duck>,
  file: string,
  options: InputOptions,
  filter: SymbolFilter,
): Promise<FileReader> {
  const flat = openFlatTrades(file, options);
  if (flat === undefined) return openByDuck(await open(), file, options, filter);
  const { layout } = flat;
  if (!options.accept) {
    requireCounted(
      { symbol: symbolOf(file, options), layout: layout.layout, told: undefined },
      options.instrument,
      file,
    );
    await requireSaidAmounts(open, layout, options, undefined);
  }
  return flat;
}

/** What is declared, else what the file is named for. */
const symbolOf = (file: string, { instrument }: InputOptions): string | undefined =>
  instrument?.symbol ?? symbolOfName(file);

async function openByDuck(duck: Duck, file: string, options: InputOptions, filter: SymbolFilter): Promise<FileReader> {
  const columns = await readingParquet(file, () => parquetColumns(duck, file));
  const names = columns.map(({ name }) => name);
  const shaped = layoutOfNames(names, options, file);
  const kind = kindThatMayBeSide(shaped, names, options);
  const market = await settleSymbols(duck, { file, columns, layout: shaped, inspect: options.inspect }, filter);
  const symbols = [...filter.wanted];
  const own = conditions({ columns, layout: shaped, symbols });
  const where = `${own.declared} AND ${own.symbol}`;
  const ofKind = kind ? withSideOfKind(shaped, kind, await someTexts(duck, file, columns[kind.at], where)) : shaped;
  const sides: SaidSides[] = [];
  for (const at of mayBeSide(ofKind, names, options))
    if (MAY_SAY_SIDES.test(columns[at].type))
      sides.push({ at, texts: await firstTexts(duck, file, columns[at], where) });
  const named = withNamedSide(ofKind, names, sides, options, file);
  const { fields } = named;
  const layout = { ...named, isFixed: named.mayBeFixed && columns[fields.price].type.includes('INT') };
  if (fields.date >= 0) fail('input', file, 'times of one column, day and time, in Parquet', 'a column of dates');
  const { told, symbol } = market;
  await requireSame(duck, { file, columns, telling: layout.telling, where }, filter);
  const reason = layout.where.find((condition) => condition.reason !== undefined)?.reason ?? 'where';
  const evidence = evidenceOf(layout, names, readingOf(options.instrument, told));
  if (!options.accept) {
    const said = { ...market, symbol: symbol ?? symbolOf(file, options), layout: layout.name, told };
    requireCounted(said, options.instrument, file);
    await requireSaidAmounts(async () => duck, { file, layout: layout.name, ...evidence }, options, told, where);
  }
  const leftOut = await countRows(duck, file, own, reason);
  const counted = await readingParquet(file, () => duck.connection.run(`SELECT count(*) FROM ${fromParquet(file)}`));
  const rows = Number((await counted.getRows())[0][0]);
  if (rows === 0) fail('input', file, 'trades', 'no trades: 0 rows');
  const timeColumn = columns[fields.time];
  const sample = await readingParquet(file, () => timeSample(duck, file, timeColumn));
  const unit = settleUnit(sample, options.timeUnit, `${file}, column ${timeColumn.name}`);
  const reading = readingOf(options.instrument, told);
  const quote = options.inspect === true && fields.quote >= 0;
  const { zone, decimal } = options;
  const query = { file, columns, layout, reading, unit, zone, decimal, symbols, quote };
  const numbers = tradeNumbers(query);
  const means = layout.sideMeans ?? reading.sideMeans;
  const trades: ParquetTrades = {
    duck,
    file,
    sql: tradesSql(query, numbers),
    numbers,
    quote,
    bought: layout.signed ? (means === 'taker' ? 1 : -1) : undefined,
    sidesUnknown: fields.side < 0 && !layout.signed,
    leftOut,
    blockRows: options.blockRows ?? BLOCK_ROWS,
  };
  const venue = {
    ...(told === undefined ? {} : { venue: told.name }),
    ...(symbol === undefined ? {} : { symbol }),
  };
  return {
    layout: {
      file,
      layout: layout.name,
      header: true,
      timeUnit: unit,
      container: 'parquet',
      rows,
      ...evidence,
      ...venue,
    },
    blocks: () => parquetBlocks(trades),
  };
}

/** Which texts a column has in rows that are taken, whatever their case, as many as it takes to know that they are not only sides. */
async function someTexts(
  duck: Duck,
  file: string,
  column: TradesQuery['columns'][number],
  where: string,
): Promise<string[]> {
  const sql = `SELECT DISTINCT lower(${textSql(column)}) FROM ${fromParquet(file)} WHERE ${where} LIMIT 8`;
  const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  return rows.map(([text]) => String(text ?? ''));
}

/** Which texts a column has in the first rows that are taken. */
async function firstTexts(
  duck: Duck,
  file: string,
  column: TradesQuery['columns'][number],
  where: string,
): Promise<string[]> {
  const sql = `SELECT DISTINCT text FROM (SELECT coalesce(${textSql(column)}, '') AS text FROM ${fromParquet(file)}
    WHERE ${where} LIMIT ${FIRST_ROWS}) ORDER BY text LIMIT 8`;
  const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  return rows.map(([text]) => String(text));
}

/** Tells the filter what symbols there are in rows that `where` takes; gives that of the instrument, and the profile that the exchange of a tardis file names. */
async function settleSymbols(
  duck: Duck,
  {
    file,
    columns,
    layout: { fields, venues, where },
    inspect,
  }: Pick<TradesQuery, 'file' | 'columns' | 'layout'> & Pick<InputOptions, 'inspect'>,
  filter: SymbolFilter,
): Promise<Pick<MarketSaid, 'symbol' | 'exchange' | 'told'>> {
  const none = { symbol: undefined, told: venues.length === 1 ? profileNamed(venues[0]) : undefined };
  if (fields.symbol < 0) return none;
  const exchange = fields.exchange < 0 ? "''" : textSql(columns[fields.exchange]);
  const sql = `SELECT ${textSql(columns[fields.symbol])}, ${exchange}, count(*) FROM ${fromParquet(file)}
    WHERE ${declaredSql(columns, where)} GROUP BY ALL ORDER BY ALL LIMIT 1000`;
  const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  const pairs = rows.map(([symbol, name, count]) => ({
    symbol: String(symbol),
    exchange: String(name),
    count: Number(count),
  }));
  const symbols = [...new Set(pairs.map(({ symbol }) => symbol))].sort();
  if (filter.wanted.size === 0 && symbols.length > 1 && !inspect) failSeveral(symbols, file);
  for (const { symbol, count } of pairs) filter.takes(symbol, () => file, count);
  const pair = pairs.find(({ symbol }) => filter.wanted.has(symbol));
  if (pair === undefined) return none;
  const { symbol, exchange: of } = pair;
  if (fields.exchange < 0) return { symbol, told: none.told ?? profileOfSymbol(venues, symbol) };
  return { symbol, exchange: of, told: profileOfTardis(of, symbol) };
}

/** How many rows are left out. @throws where the file has none */
async function countRows(
  duck: Duck,
  file: string,
  { declared, symbol }: ReturnType<typeof conditions>,
  reason: string,
): Promise<LeftOut> {
  const sql = `SELECT count(*), count(*) FILTER (WHERE ${declared}),
    count(*) FILTER (WHERE ${declared} AND ${symbol}) FROM ${fromParquet(file)}`;
  const [row] = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
  const [all, meant, ours] = row.map(Number);
  if (all === 0) fail('input', file, 'trades', 'no trades: 0 rows');
  return {
    ...(all > meant ? { [reason]: all - meant } : {}),
    ...(meant > ours ? { 'other symbol': meant - ours } : {}),
  };
}

async function* parquetBlocks(trades: ParquetTrades): AsyncGenerator<SourceBlock> {
  const { duck, file, sql, blockRows } = trades;
  const next = pagesOf(blockRows + CHUNK_ROWS, trades);
  let page = next();
  for await (const chunk of chunksOf(duck, file, sql)) {
    fill(page, chunk, trades);
    if (page.block.length < blockRows) continue;
    yield sourceBlock({ ...page, file, unit: 'row', leftOut: {} });
    page = next(); // only now: until here the consumer may still hold the other block
  }
  yield sourceBlock({ ...page, file, unit: 'row', leftOut: trades.leftOut });
}

const at = (name: (typeof SELECTED)[number]): number => SELECTED.indexOf(name);

/** Writes the rows of a chunk behind those of the page. */
function fill(page: Page, chunk: DuckDBDataChunk, trades: ParquetTrades): void {
  const { file, numbers, sidesUnknown, bought } = trades;
  const { block, words } = page;
  const rows = chunk.rowCount;
  const from = block.length;
  const column = (name: (typeof SELECTED)[number]): Float64Array => doublesOf(chunk, at(name)).subarray(0, rows);
  page.numbers.set(column('number'), from);
  block.side.set(column('side'), from);
  for (const name of ['time', 'price', 'quantity'] as const)
    block[name].set(valuesOf(chunk, at(name), numbers[name]), from);
  const texts = textsOf(chunk, at('text'));
  page.quote?.set(column('quote'), from);
  const [low, high] = [column('low'), column('high')];
  for (let i = 0; i < rows; i++) {
    const row = from + i;
    const text = texts[i];
    if (low[i] < 0) failId(placeOf({ ...page, file, unit: 'row' }, row), high[i]);
    if (text === null) setIdHalves(block.id, row, low[i], high[i]);
    else setId(block.id, row, text);
    if (bought !== undefined) {
      block.side[row] = block.quantity[row] < 0 ? -bought : bought;
      block.quantity[row] = Math.abs(block.quantity[row]);
    }
    if (block.side[row] === 0) words.set(row, textsOf(chunk, at('word'))[i] ?? '');
    if (sidesUnknown && block.quantity[row] < 0) {
      failSigned(placeOf({ ...page, file, unit: 'row' }, row), block.quantity[row]);
    }
  }
  block.length += rows;
}
