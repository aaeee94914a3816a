/** Which column of a file is which field of a trade: told by the header's names, by the configuration, or by shape. */
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso, parseNumber } from './parse.ts';
import { unitOf } from './time-unit.ts';
import type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
import type { TradeColumn } from 'minotaur-core/internal/trades/trade';
import type { TimeUnit } from './time-unit.ts';

export type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';

/** Names of the columns of a file whose layout is not one of the known ones. */
export interface ColumnMapping {
  /** Of the trade. */
  readonly time: string;
  /** Of the trade. */
  readonly price: string;
  /** In base units. */
  readonly quantity: string;
  /** Who was the taker; see `sideMeans`. */
  readonly side?: string | undefined;
  /** By which gaps and duplicates are known. */
  readonly id?: string | undefined;
}

/** What is not to be told from a file of trades itself, and how it is read. */
export interface InputOptions {
  /** Names of the columns, where the layout is not a known one. */
  readonly columns?: ColumnMapping | undefined;
  /** Unit of the time column; told by its magnitude where absent. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Whose side the side column gives. */
  readonly sideMeans?: SideMeaning | undefined;
  /** Rows per block, 32,768 where absent. */
  readonly blockRows?: number | undefined;
}

/** Index in the file of each column of a trade; -1 where the file has none. */
type FieldColumns = Readonly<Record<TradeColumn, number>>;

export interface Layout {
  readonly name: string;
  readonly fields: FieldColumns;
  readonly sideMeans: SideMeaning;
}

const ALIASES: Readonly<Record<keyof FieldColumns | 'buyerMaker', readonly string[]>> = {
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
  ],
  price: ['price'],
  quantity: ['qty', 'quantity', 'size', 'amount'],
  id: ['id', 'tradeid', 'aggid', 'aggtradeid'],
  side: ['side', 'takerside', 'aggressorside'],
  buyerMaker: ['isbuyermaker', 'isbuyermarketmaker', 'buyermaker'],
};

const KNOWN: readonly (readonly [name: string, signature: readonly string[]])[] = [
  ['binance aggTrades', ['aggtradeid', 'price', 'quantity', 'firsttradeid', 'lasttradeid', 'transacttime']],
  ['binance stream recording', ['timestampofreceive', 'transactiontime', 'tradeid', 'isbuyermarketmaker']],
  ['tardis trades', ['exchange', 'symbol', 'timestamp', 'localtimestamp', 'id', 'side', 'price', 'amount']],
  ['binance trades', ['id', 'price', 'qty', 'quoteqty', 'time', 'isbuyermaker']],
  ['coinbase trades', ['symbol', 'side', 'price', 'amount', 'timestamp']],
];

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The layout of a file whose columns are named. @throws where a needed field is missing or stands for two columns */
export function layoutOfNames(names: readonly string[], options: InputOptions, where: string): Layout {
  if (options.columns !== undefined) return mappedLayout(names, options.columns, options, where);
  const keys = names.map(plain);
  if (keys.includes('baseqty')) {
    fail(
      'input',
      where,
      'quantities in base units',
      'base_qty (an inverse contract): state `columns` in the configuration',
    );
  }
  const find = (field: keyof typeof ALIASES, needed: boolean): number => {
    const hits = keys.flatMap((key, i) => (ALIASES[field].includes(key) ? [i] : []));
    if (hits.length > 1) {
      const both = hits.map((i) => names[i]).join(', ');
      fail('input', where, `one ${field} column`, `${both}: state \`columns\` in the configuration`);
    }
    if (hits.length === 0 && needed) {
      fail(
        'input',
        where,
        `a ${field} column (${ALIASES[field].join(', ')}) or \`columns\` in the configuration`,
        listed(names),
      );
    }
    return hits[0] ?? -1;
  };
  const maker = find('buyerMaker', false);
  const side = maker >= 0 ? maker : find('side', false);
  return {
    name: KNOWN.find(([, signature]) => signature.every((key) => keys.includes(key)))?.[0] ?? 'generic',
    fields: {
      time: find('time', true),
      price: find('price', true),
      quantity: find('quantity', true),
      id: find('id', false),
      side,
    },
    sideMeans: options.sideMeans ?? (maker >= 0 ? 'buyerMaker' : 'taker'),
  };
}

function mappedLayout(names: readonly string[], columns: ColumnMapping, options: InputOptions, where: string): Layout {
  const find = (field: keyof ColumnMapping): number => {
    const name = columns[field];
    if (name === undefined) return -1;
    const at = names.indexOf(name);
    if (at < 0) fail('input', where, `a column "${name}" (columns.${field} of the configuration)`, listed(names));
    return at;
  };
  const side = find('side');
  const speaksOfMaker = side >= 0 && ALIASES.buyerMaker.includes(plain(names[side]));
  return {
    name: 'mapped by the configuration',
    fields: {
      time: find('time'),
      price: find('price'),
      quantity: find('quantity'),
      id: find('id'),
      side,
    },
    sideMeans: options.sideMeans ?? (speaksOfMaker ? 'buyerMaker' : 'taker'),
  };
}

function listed(names: readonly string[]): string {
  return `the columns ${names.join(', ')}`;
}

const isTruth = (text: string): boolean => /^(true|false|0|1)$/i.test(text);
const numberOf = (text: string): number => parseNumber(Buffer.from(text), 0, text.length);
const isTime = (text: string): boolean => unitOf(numberOf(text)) !== undefined || !Number.isNaN(parseIso(text));

/** Whether the first row holds names rather than values. */
export function isHeader(cells: readonly string[]): boolean {
  return !cells.some((cell) => !Number.isNaN(numberOf(cell)) || !Number.isNaN(parseIso(cell)));
}

/** The layout of a file without a header: one of Binance's, told by the shape of its first row. */
export function layoutOfShape(cells: readonly string[], options: InputOptions, where: string): Layout {
  if (options.columns !== undefined) {
    fail(
      'input',
      where,
      'a header row with the names in `columns` of the configuration',
      `the values ${cells.join(', ')}`,
    );
  }
  const sideMeans = 'buyerMaker';
  if ((cells.length === 6 || cells.length === 7) && isTime(cells[4]) && isTruth(cells[5])) {
    const fields = { id: 0, price: 1, quantity: 2, time: 4, side: 5 };
    return { name: 'binance trades', fields, sideMeans };
  }
  if ((cells.length === 7 || cells.length === 8) && isTime(cells[5]) && isTruth(cells[6])) {
    const fields = { id: 0, price: 1, quantity: 2, time: 5, side: 6 };
    return { name: 'binance aggTrades', fields, sideMeans };
  }
  fail(
    'input',
    where,
    'a header row, or a row of Binance trades (6 or 7 fields) or aggTrades (7 or 8 fields)',
    `${cells.length} fields: ${cells.join(', ').slice(0, 200)}`,
  );
}

/** 1 the taker bought, -1 the taker sold, NaN for a word that says neither. */
export function sideOf(text: string, means: SideMeaning): number {
  const word = text.toLowerCase();
  const yes = word === 'true' || word === '1' || word === 'buy' || word === 'b' || word === 't';
  const no = word === 'false' || word === '0' || word === 'sell' || word === 's' || word === 'f' || word === '-1';
  if (!yes && !no) return NaN;
  return yes === (means === 'taker') ? 1 : -1;
}
