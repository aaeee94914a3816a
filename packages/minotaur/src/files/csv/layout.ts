/** Which column of a file is which field of a trade: told by the header's names, by the configuration, or by shape. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { SideMeaning, SideWords } from 'minotaur-core/internal/trades/venues/profile';
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';
import { listed } from './listed.ts';
import { requireNoBars } from './of-bars.ts';
import { KNOWN, SHAPES, type KnownLayout } from './known-layouts.ts';
import type { DecimalMark } from './number-format.ts';
import { DIRECTIONS, FLAGS, requireFlags } from './side-words.ts';
import { plainName, SYMBOL_NAMES, tellingColumns, type TellingColumn } from './telling.ts';
import type { TimeUnit } from './time-unit.ts';

export type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';

/** Which column each field is, of a file whose layout is not one of the known ones: its name, or its place from 1 on. */
export interface ColumnMapping {
  /** Of the trade; the time of day where `date` is another column. */
  readonly time: string | number;
  /** Its day, where that is a column of its own. */
  readonly date?: string | number | undefined;
  /** Of the trade. */
  readonly price: string | number;
  /** As the instrument counts. */
  readonly quantity: string | number;
  /** Who was the taker; see `sideMeans`. */
  readonly side?: string | number | undefined;
  /** By which gaps and duplicates are known. */
  readonly id?: string | number | undefined;
  /** What was traded. */
  readonly symbol?: string | number | undefined;
}

/** What is not to be told from a file of trades itself, and how it is read. */
export interface InputOptions {
  /** Which column is what, where the layout is not a known one. */
  readonly columns?: ColumnMapping | undefined;
  /** Unit of the time column; told by its magnitude where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Whose side the side column gives. */
  readonly sideMeans?: SideMeaning | undefined;
  /** `signed`: a quantity below zero is a trade that the taker sold. */
  readonly quantity?: 'signed' | undefined;
  /** The mark before the decimals of numbers written for people; the other of the two groups thousands. */
  readonly decimal?: DecimalMark | undefined;
  /** The zone of times that name none: `UTC`, an offset, or a name such as `America/New_York`. */
  readonly zone?: string | undefined;
  /** Only rows that have these texts in these columns. */
  readonly where?: Readonly<Record<string, string>> | undefined;
  /** What was traded, and where: its symbol, venue, side words and unit of time matter here. */
  readonly instrument?: InstrumentInput | undefined;
  /** Puts the trades of each file in order of time and id, in memory. */
  readonly sort?: boolean | undefined;
  /** Late trades are put in order behind the reader; what ids are good for is told by them in order. */
  readonly late?: boolean | undefined;
  /** Takes files whose names, prices and ids are evidence of another instrument. */
  readonly accept?: boolean | undefined;
  /**
   * For who looks at files rather than uses them: the source's own quote column is read beside the trades, and where no symbol is
   * declared the first is taken, the rows of others left out and counted instead of refused.
   */
  readonly inspect?: boolean | undefined;
  /** Rows per block, 32,768 where absent. */
  readonly blockRows?: number | undefined;
}

/** Fields of a trade, and what is told beside them. */
type Field = 'time' | 'date' | 'price' | 'quantity' | 'side' | 'id' | 'symbol' | 'exchange' | 'quote';

/** Index in the file of each column of a trade; -1 where the file has none. */
type FieldColumns = Readonly<Record<Field, number>>;

export interface Layout {
  readonly name: string;
  readonly fields: FieldColumns;
  /** Whose side the column gives; undefined where it is for the instrument to say. */
  readonly sideMeans: SideMeaning | undefined;
  /** Words of its column, in place of the instrument's; undefined where those are meant. */
  readonly sides?: SideWords | undefined;
  /** Whether the sign of the quantity is the side. */
  readonly signed: boolean;
  /** Columns and the text that a row has to have in them. */
  readonly where: readonly { readonly at: number; readonly text: string }[];
  /** Columns beside the symbol that say what is traded: where two rows differ in one, they are of two instruments. */
  readonly telling: readonly TellingColumn[];
  /** Profiles of the venues whose layout it is. */
  readonly venues: readonly string[];
}

const ALIASES: Readonly<Record<Exclude<Field, 'date'> | 'buyerMaker', readonly string[]>> = {
  time: [
    'time',
    'timestamp',
    'transacttime',
    'transactiontime',
    'tradetime',
    'timems',
    'timeus',
    'timens',
    'ts',
    'datetime',
    'createdtime',
  ],
  price: ['price'],
  quantity: ['qty', 'quantity', 'size', 'amount'],
  id: ['id', 'tradeid', 'aggid', 'aggtradeid', 'trdmatchid'],
  side: ['side', 'takerside', 'aggressorside'],
  buyerMaker: ['isbuyermaker', 'isbuyermarketmaker', 'buyermaker', 'buyerismaker'],
  symbol: SYMBOL_NAMES,
  exchange: ['exchange'],
  quote: ['quoteqty', 'quotequantity', 'quotevolume', 'quoteamount', 'foreignnotional', 'turnover'],
};

const NONE: FieldColumns = {
  time: -1,
  date: -1,
  price: -1,
  quantity: -1,
  side: -1,
  id: -1,
  symbol: -1,
  exchange: -1,
  quote: -1,
};

/** The layout of a file whose columns are named. @throws where a needed field is missing or stands for two columns */
export function layoutOfNames(names: readonly string[], options: InputOptions, where: string): Layout {
  if (options.columns !== undefined) return withTelling(mappedLayout(names, options.columns, options, where), names);
  const keys = names.map(plainName);
  requireInverse(keys, options, where);
  const known = KNOWN.find(({ columns }) => columns.every((key) => keys.includes(key)));
  const find = (field: keyof typeof ALIASES, needed: boolean): number => {
    const own = known?.fields?.[field];
    if (own !== undefined) return own === '' ? -1 : keys.indexOf(own);
    const hits = keys.flatMap((key, i) => (ALIASES[field].includes(key) ? [i] : []));
    if (hits.length > 1) {
      const both = hits.map((i) => names[i]).join(', ');
      fail('input', where, `one ${field} column`, `${both}: state \`columns\` in the configuration`);
    }
    if (hits.length === 0 && needed) {
      requireNoBars(names, where);
      const expected = `a ${field} column (${ALIASES[field].join(', ')}) or \`columns\` in the configuration`;
      fail('input', where, expected, `the columns ${listed(names)}`);
    }
    return hits[0] ?? -1;
  };
  const maker = find('buyerMaker', false);
  const fields: FieldColumns = {
    time: find('time', true),
    date: -1,
    price: find('price', true),
    quantity: find('quantity', true),
    id: find('id', false),
    side: maker >= 0 ? maker : find('side', false),
    symbol: find('symbol', false),
    exchange: known?.name === 'tardis trades' ? find('exchange', false) : -1,
    quote: quoteColumn(names),
  };
  const layout = settled(known, fields, maker >= 0, options, { names, where });
  return withTelling(withDirection(layout, keys, options), names);
}

/** With the columns beside the symbol that say what is traded; of a tardis file the exchange is one. */
function withTelling(layout: Layout, names: readonly string[]): Layout {
  const { fields, where } = layout;
  const { exchange, ...others } = fields;
  const telling = tellingColumns(names, new Set([...Object.values(others), ...where.map(({ at }) => at)]));
  return { ...layout, telling: exchange < 0 ? telling : [...telling, { at: exchange, name: names[exchange] }] };
}

/** Where the rows are counted in contracts, and base units stand beside them, contracts have to be what was declared. */
function requireInverse(keys: readonly string[], { instrument }: InputOptions, where: string): void {
  if (!keys.includes('baseqty') || instrument?.contract === 'inverse' || instrument?.venue === 'binance-coinm') return;
  const expected = 'an instrument with `venue: binance-coinm` and the `size` of its contracts';
  fail('input', where, expected, 'base_qty: quantities of an inverse contract');
}

function mappedLayout(names: readonly string[], columns: ColumnMapping, options: InputOptions, where: string): Layout {
  const at = (field: keyof ColumnMapping): number => columnAt(columns[field], names, `columns.${field}`, where);
  const side = at('side');
  const fields: FieldColumns = {
    time: at('time'),
    date: at('date'),
    price: at('price'),
    quantity: at('quantity'),
    id: at('id'),
    side,
    symbol: at('symbol'),
    exchange: -1,
    quote: quoteColumn(names),
  };
  const name = isHeader(names) ? plainName(names[side] ?? '') : '';
  const isFlag = isSold(name) && !saysSides(options);
  const speaksOfMaker = isFlag || (ALIASES.buyerMaker.includes(name) && !isSold(name));
  const layout = settled({ name: 'mapped by the configuration' }, fields, speaksOfMaker, options, { names, where });
  return isFlag ? { ...layout, sides: FLAGS } : layout;
}

/** Whether a column of this name that was declared to be the side says by true that the taker sold, as where the buyer was the maker. */
const isSold = (name: string): boolean =>
  ['m', 'ismaker', 'buyerismaker'].includes(name) || (name.includes('sell') && !/buy|maker|side$/.test(name));

/** Whether the configuration says itself what the words of the side are. */
const saysSides = ({ sideMeans, instrument }: InputOptions): boolean =>
  (sideMeans ?? instrument?.sideMeans ?? instrument?.sides) !== undefined;

/** With `direction` as its side where it has no other. One that is of the price (1, 0, -1; up, down) is none: it has other words. */
function withDirection(layout: Layout, keys: readonly string[], { instrument }: InputOptions): Layout {
  const { fields, signed, name } = layout;
  const side = keys.indexOf('direction');
  const isOwn = (instrument?.sides ?? instrument?.venue) !== undefined;
  if (side < 0 || fields.side >= 0 || signed || name !== 'generic') return layout;
  return { ...layout, fields: { ...fields, side }, sides: isOwn ? undefined : DIRECTIONS };
}

/** Index of the source's own turnover, which no trade is made of; -1 where none or several may be it. */
function quoteColumn(names: readonly string[]): number {
  const hits = names.flatMap((name, i) => (ALIASES.quote.includes(plainName(name)) ? [i] : []));
  return hits.length === 1 ? hits[0] : -1;
}

/** Index of the column that the configuration gives by its name or its place; -1 where it gives none. */
function columnAt(column: string | number | undefined, names: readonly string[], key: string, where: string): number {
  if (column === undefined) return -1;
  const at = typeof column === 'number' ? column - 1 : names.indexOf(column);
  if (at >= 0 && at < names.length) return at;
  const expected = typeof column === 'number' ? `a column ${column}` : `a column "${column}"`;
  fail('input', where, `${expected} (${key} of the configuration)`, `the columns ${listed(names)}`);
}

function settled(
  known: Pick<KnownLayout, 'name' | 'sideMeans' | 'venues'> | undefined,
  fields: FieldColumns,
  speaksOfMaker: boolean,
  options: InputOptions,
  { names, where }: { readonly names: readonly string[]; readonly where: string },
): Layout {
  const signed = options.quantity === 'signed';
  if (signed && fields.side >= 0) {
    fail('input', where, 'a side column or `quantity: signed`', `both: the side column ${names[fields.side]}`);
  }
  if (speaksOfMaker && options.sideMeans === undefined)
    requireFlags(options.instrument?.sides, where, names[fields.side]);
  return {
    name: known?.name ?? 'generic',
    fields,
    sideMeans: options.sideMeans ?? (speaksOfMaker ? 'buyerMaker' : known?.sideMeans),
    signed,
    where: conditionsOf(options.where, names, where),
    telling: [],
    venues: known?.venues ?? [],
  };
}

/** Columns and the text that a row has to have in them, of `where` of the configuration. @throws where there is no such column */
function conditionsOf(of: InputOptions['where'], names: readonly string[], where: string): Layout['where'] {
  return Object.entries(of ?? {}).map(([column, text]) => ({
    at: columnAt(/^\d+$/.test(column) && !names.includes(column) ? Number(column) : column, names, 'where', where),
    text,
  }));
}

/** Whether the first row holds names rather than values. */
export function isHeader(cells: readonly string[]): boolean {
  return !cells.some((cell) => !Number.isNaN(numberOf(cell)) || !Number.isNaN(parseIso(cell)));
}

/** The layout of a file without a header: by the places that are declared, or told by the shape of its first row. */
export function layoutOfShape(cells: readonly string[], options: InputOptions, where: string): Layout {
  const { columns } = options;
  if (columns !== undefined) {
    if (Object.values(columns).some((column) => typeof column === 'string')) {
      const expected =
        'a header row with the names in `columns` of the configuration, or their places (1, 2, ...) there';
      fail('input', where, expected, `the values ${cells.join(', ')}`);
    }
    return mappedLayout(cells, columns, options, where);
  }
  const shape = SHAPES.find(({ fits }) => fits(cells));
  if (shape === undefined) {
    const expected =
      'a header row, or a row of Binance trades (6 or 7 fields), aggTrades (7 or 8) or of the Kraken archive (3), or the places of `columns` in the configuration';
    fail('input', where, expected, `${cells.length} fields: ${cells.join(', ').slice(0, 200)}`);
  }
  if (shape.name === 'binance trades') requireQuote(cells, options, where);
  return settled(shape, { ...NONE, ...shape.fields }, shape.speaksOfMaker, options, { names: cells, where });
}

/** The fourth of Binance's columns is the quote quantity, but the base quantity of an inverse contract. */
function requireQuote(cells: readonly string[], options: InputOptions, where: string): void {
  const [, price, quantity, quote] = cells.map(numberOf);
  if (price > 0 && quote > 0 && Math.abs(quote - price * quantity) > 0.5 * quote)
    requireInverse(['baseqty'], options, where);
}
