/** The query that reads trades: what is left out, and every field as doubles, or as the text that it is; ids and unknown words as text besides. */
import type { SideMeaning, SideWords } from 'minotaur-core/internal/trades/venues/profile';
import type { InputOptions, Layout } from '../csv/layout.ts';
import { FIXED_UNITS, NO_FIXED_PRICE } from '../csv/known-layouts.ts';
import { sidesOf, WHOLE, wordsOf } from '../csv/side-words.ts';
import type { TimeUnit } from '../csv/time-unit.ts';
import type { Reading } from '../trades/reading.ts';
import { numberColumn, timeColumn, type DoubleColumn } from './double-column.ts';
import { NAN, doubleSql, isText, literal, numberedParquet, quoted, textSql, type ParquetColumn } from './duck.ts';

/** Columns of the query, in order. */
export const SELECTED = [
  'time',
  'price',
  'quantity',
  'side',
  'number',
  'low',
  'high',
  'text',
  'word',
  'quote',
] as const;

export interface TradesQuery {
  readonly file: string;
  readonly columns: readonly ParquetColumn[];
  readonly layout: Layout;
  readonly reading: Reading;
  readonly unit: TimeUnit;
  /** The zone of times that name none. */
  readonly zone: InputOptions['zone'];
  /** The mark before the decimals of numbers that are text. */
  readonly decimal: InputOptions['decimal'];
  /** Symbols that are the instrument's; empty: all rows are. */
  readonly symbols: readonly string[];
  /** Whether the source's own turnover is wanted. */
  readonly quote: boolean;
}

/** The conditions that the configuration states. */
export function declaredSql(columns: readonly ParquetColumn[], where: Layout['where']): string {
  const equal = where.map(({ at, text }) => `${textSql(columns[at])} = ${literal(text)}`);
  return equal.length === 0 ? 'true' : equal.join(' AND ');
}

/** Conditions on rows: those of the configuration, and those of the symbol. */
export function conditions({ columns, layout, symbols }: Pick<TradesQuery, 'columns' | 'layout' | 'symbols'>): {
  readonly declared: string;
  readonly symbol: string;
} {
  const { symbol } = layout.fields;
  const isOurs =
    symbol < 0 || symbols.length === 0 ? 'true' : `${textSql(columns[symbol])} IN (${symbols.map(literal).join(', ')})`;
  return { declared: declaredSql(columns, layout.where), symbol: isOurs };
}

/** How the fields that are numbers become doubles. */
export type TradeNumbers = Readonly<Record<'time' | 'price' | 'quantity', DoubleColumn>>;

export function tradeNumbers({ columns, layout, unit, zone, decimal }: TradesQuery): TradeNumbers {
  const { fields } = layout;
  return {
    time: timeColumn(columns[fields.time], unit, zone),
    price: layout.isFixed ? fixedColumn(columns[fields.price]) : numberColumn(columns[fields.price], decimal),
    quantity: numberColumn(columns[fields.quantity], decimal),
  };
}

/** A price in units of 1e-9, as `fixedPrice` of text has it. */
function fixedColumn({ name }: ParquetColumn): DoubleColumn {
  const value = `CAST(${quoted(name)} AS DOUBLE)`;
  return {
    sql: `CASE WHEN ${value} < ${number(NO_FIXED_PRICE)} THEN ${value} / ${number(FIXED_UNITS)} ELSE ${NAN} END`,
  };
}

export function tradesSql(query: TradesQuery, { time, price, quantity }: TradeNumbers): string {
  const { columns, layout, reading, file } = query;
  const { fields } = layout;
  const means = layout.sideMeans ?? reading.sideMeans;
  const sql: Record<(typeof SELECTED)[number], string> = {
    time: time.sql,
    price: price.sql,
    quantity: quantity.sql,
    side: layout.signed ? NAN : sideSql(columns[fields.side], sidesOf(layout.sides, reading), means),
    number: 'CAST(file_row_number + 1 AS DOUBLE)',
    ...idSql(columns[fields.id]),
    word: fields.side < 0 ? 'CAST(NULL AS VARCHAR)' : textSql(columns[fields.side]),
    quote: query.quote ? doubleSql(columns[fields.quote]) : NAN,
  };
  const { declared, symbol } = conditions(query);
  return `SELECT ${SELECTED.map((name) => sql[name]).join(', ')} FROM ${numberedParquet(file)} WHERE ${declared} AND ${symbol}`;
}

const number = (value: number): string => `CAST(${value} AS DOUBLE)`;

/** As `sideOf`: 1, -1, NaN where there is nothing, 0 for a word that is not known. */
function sideSql(column: ParquetColumn | undefined, sides: SideWords, means: SideMeaning): string {
  if (column === undefined) return NAN;
  const yes = means === 'taker' ? 1 : -1;
  if (column.type === 'BOOLEAN') {
    return `CASE ${quoted(column.name)} WHEN true THEN ${number(yes)} WHEN false THEN ${number(-yes)} ELSE ${NAN} END`;
  }
  const words = wordsOf(sides, means);
  // In a column of doubles what is nothing has a name.
  const text = /^(DOUBLE|FLOAT)$/.test(column.type)
    ? `CASE WHEN isnan(${quoted(column.name)}) THEN '' ELSE ${textSql(column)} END`
    : textSql(column);
  const word = `regexp_replace(lower(${text}), ${literal(WHOLE.source)}, '\\1')`;
  const list = (of: readonly string[]): string => of.map(literal).join(', ');
  return `CASE WHEN ${word} IS NULL OR ${word} IN (${list(['', ...(words.none ?? [])])}) THEN ${NAN}
    WHEN ${word} IN (${list(words.buy)}) THEN ${number(yes)}
    WHEN ${word} IN (${list(words.sell)}) THEN ${number(-yes)} ELSE ${number(0)} END`;
}

/** Integers as two words of 32 bits, NaN where there is none, a low one of -1 and the number where it is no id; all else as text. */
function idSql(column: ParquetColumn | undefined): Record<'low' | 'high' | 'text', string> {
  const none = { low: NAN, high: NAN, text: 'CAST(NULL AS VARCHAR)' };
  if (column === undefined) return none;
  const { name, type } = column;
  if (isText(type) || type === 'UUID' || type.startsWith('DECIMAL')) {
    return { ...none, text: textSql(column) };
  }
  const value = quoted(name);
  const most = type === 'DOUBLE' ? Number.MAX_SAFE_INTEGER : type === 'FLOAT' ? MOST_OF_FLOAT : undefined;
  const whole = most === undefined ? value : `TRY_CAST(${value} AS BIGINT)`;
  const isExact = most === undefined ? 'true' : `${value} = floor(${value})`;
  const isNone = most === undefined ? `${value} < 0` : `NOT isnan(${value}) AND (${value} < 0 OR ${value} > ${most})`;
  const part = (sql: string, wrong: string): string =>
    `CASE WHEN ${isNone} THEN ${wrong} WHEN ${whole} >= 0 AND ${isExact} THEN CAST(${sql} AS DOUBLE) ELSE ${NAN} END`;
  return {
    low: part(`${whole} % 4294967296`, number(-1)),
    high: part(`${whole} // 4294967296`, `CAST(${value} AS DOUBLE)`),
    text: none.text,
  };
}

/** Above it a number of 32 bits has lost digits. */
const MOST_OF_FLOAT = 16_777_215;
