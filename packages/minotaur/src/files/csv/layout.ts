/** Which column of a file is which field of a trade: told by the header's names, by the configuration, or by shape. */
import { fail } from 'minotaur-core/internal/base/errors';
import { numberOf, parseIso } from 'minotaur-core/internal/base/texts';
import { isCounted } from '../trades/contracts.ts';
import { columnAt } from './column-at.ts';
import { listed } from './listed.ts';
import { requireNoBars } from './of-bars.ts';
import { SHAPES, type KnownLayout } from './known-layouts.ts';
import type { ColumnMapping, Field, FieldColumns, InputOptions, Layout } from './layout-contract.ts';
import { knownLayout, saysSides, withTelling, withTraits } from './layout-traits.ts';
import { DIRECTIONS, FLAGS, requireFlags } from './side-words.ts';
import { plainName, requireOnce, SYMBOL_NAMES } from './telling.ts';

export type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
export type { ColumnMapping, InputOptions, Layout } from './layout-contract.ts';

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
  const keys = names.map(plainName);
  const known = knownLayout(keys);
  if (options.columns !== undefined) {
    const mapped = withTraits(mappedLayout(names, options.columns, options, where), keys, known, options);
    return withTelling(mapped, names, known);
  }
  requireInverse(keys, options, where);
  if (known === undefined) requireContracts(keys, options, where);
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
  requireOnce(names, Object.values(fields), where);
  const layout = withTraits(settled(known, fields, maker >= 0, options, { names, where }), keys, known, options);
  return withTelling(withDirection(layout, keys, options), names, known);
}

/** Where the rows are counted in contracts, and base units stand beside them, contracts have to be what was declared. */
function requireInverse(keys: readonly string[], { instrument }: InputOptions, where: string): void {
  if (!keys.includes('baseqty') || instrument?.contract === 'inverse' || instrument?.venue === 'binance-coinm') return;
  const expected = 'an instrument with `venue: binance-coinm` and the `size` of its contracts';
  fail('input', where, expected, 'base_qty: quantities of an inverse contract');
}

/** Where contracts are counted beside the quantity, it may be in dollars, or in contracts as well. */
function requireContracts(keys: readonly string[], { instrument, accept }: InputOptions, where: string): void {
  if (!keys.includes('contracts') || isCounted(instrument) || accept) return;
  const expected =
    '`venue`, or `contract` and `size` of the instrument (`contract: spot` counts quantities as they stand)';
  fail('input', where, expected, 'contracts: trades of a contract');
}

function mappedLayout(names: readonly string[], columns: ColumnMapping, options: InputOptions, where: string): Layout {
  const at = (field: keyof ColumnMapping): number => columnAt(columns[field], names, `columns.${field}`, where);
  const [side, quantity, quote] = [at('side'), at('quantity'), quoteColumn(names)];
  const fields: FieldColumns = {
    time: at('time'),
    date: at('date'),
    price: at('price'),
    quantity,
    id: at('id'),
    side,
    symbol: at('symbol'),
    exchange: -1,
    quote: quote === quantity ? -1 : quote,
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

/** With `direction` as its side where it has no other. One that is of the price (1, 0, -1; up, down) is none: it has other words. */
function withDirection(layout: Layout, keys: readonly string[], { instrument }: InputOptions): Layout {
  const { fields, signed, name } = layout;
  const side = keys.indexOf('direction');
  const isOwn = (instrument?.sides?.buy ?? instrument?.venue) !== undefined;
  if (side < 0 || fields.side >= 0 || signed || name !== 'generic') return layout;
  return { ...layout, fields: { ...fields, side }, sides: isOwn ? undefined : DIRECTIONS };
}

/** Index of the source's own turnover, which no trade is made of; -1 where none or several may be it. */
function quoteColumn(names: readonly string[]): number {
  const hits = names.flatMap((name, i) => (ALIASES.quote.includes(plainName(name)) ? [i] : []));
  return hits.length === 1 ? hits[0] : -1;
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
    mayBeFixed: false,
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
