/** Layouts that are known again: by the names of their columns, or by the shape of their first row. */
import type { SideMeaning, SideWords } from 'minotaur-core/internal/trades/venues/profile';
import { numberOf } from 'minotaur-core/internal/base/texts';
import { unitOfText } from './time-unit.ts';

export interface KnownLayout {
  readonly name: string;
  /** Names that its header has, without case and punctuation. */
  readonly columns: readonly string[];
  /** Fields that have other names than usual; an empty name: the column of that name is not what it seems. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Whose side its side column gives; undefined where its name says it. */
  readonly sideMeans?: SideMeaning;
  /** Words of its side column, where the layout has its own. */
  readonly sides?: SideWords;
  /** The column, and its text, of the rows that are trades, where others stand between them. */
  readonly tradesOnly?: { readonly column: string; readonly text: string };
  /** Whether prices without a decimal point count units of 1e-9. */
  readonly mayBeFixed?: true;
  /** Names that are of no matter beside the symbol, whatever they say. */
  readonly ignored?: readonly string[];
  /** Profiles of the venues whose layout it is. */
  readonly venues?: readonly string[];
}

/** What a fixed price of 1 is, and the one that stands for none. */
export const FIXED_UNITS = 1e9;
export const NO_FIXED_PRICE = 2 ** 63 - 1024;

/** Bybit and BitMEX have the same columns; their times differ. */
export const BITMEX_OR_BYBIT = 'bybit or bitmex trades';

export const KNOWN: readonly KnownLayout[] = [
  {
    name: 'binance aggTrades',
    columns: ['aggtradeid', 'price', 'quantity', 'firsttradeid', 'lasttradeid', 'transacttime'],
  },
  {
    name: 'binance stream recording',
    columns: ['timestampofreceive', 'transactiontime', 'tradeid', 'isbuyermarketmaker'],
  },
  {
    name: 'tardis trades',
    columns: ['exchange', 'symbol', 'timestamp', 'localtimestamp', 'id', 'side', 'price', 'amount'],
    sideMeans: 'taker',
  },
  { name: 'binance trades', columns: ['id', 'price', 'qty', 'quoteqty', 'time', 'isbuyermaker'] },
  {
    name: 'binance contracts',
    columns: ['id', 'price', 'qty', 'baseqty', 'time', 'isbuyermaker'],
    venues: ['binance-coinm'],
  },
  {
    name: BITMEX_OR_BYBIT,
    columns: ['timestamp', 'symbol', 'side', 'size', 'price', 'tickdirection', 'trdmatchid', 'homenotional'],
    sideMeans: 'taker',
  },
  {
    // Its id numbers the rows of the file.
    name: 'bybit spot trades',
    columns: ['id', 'timestamp', 'price', 'volume', 'side'],
    fields: { id: '', quantity: 'volume' },
    sideMeans: 'taker',
    venues: ['bybit-spot'],
  },
  {
    name: 'okx trades',
    columns: ['tradeid', 'side', 'size', 'price', 'createdtime'],
    sideMeans: 'taker',
    venues: ['okx', 'okx-linear', 'okx-inverse'],
  },
  {
    // Schemas `trades`, `tbbo` and `mbo`: orders that come, go and are filled stand beside trades, a fill for each of them once more.
    name: 'databento',
    columns: ['tsevent', 'rtype', 'publisherid', 'instrumentid', 'price', 'size'],
    fields: { time: 'tsevent', id: '' },
    sideMeans: 'taker',
    sides: { buy: ['b'], sell: ['a'], none: ['n'] },
    tradesOnly: { column: 'action', text: 'T' },
    mayBeFixed: true,
    ignored: ['rtype', 'instrumentid'],
  },
  {
    name: 'deribit trades',
    columns: ['tradeseq', 'timestamp', 'instrumentname', 'price', 'amount', 'direction'],
    fields: { id: 'tradeseq', side: 'direction' },
    sideMeans: 'taker',
    venues: ['deribit', 'deribit-linear'],
  },
  { name: 'coinbase trades', columns: ['symbol', 'side', 'price', 'amount', 'timestamp'], sideMeans: 'taker' },
];

export interface Shape {
  readonly name: string;
  readonly fields: Readonly<Partial<Record<'time' | 'price' | 'quantity' | 'side' | 'id' | 'quote', number>>>;
  /** Whether its side column says if the buyer was the maker. */
  readonly speaksOfMaker: boolean;
  readonly venues?: readonly string[];
  fits(cells: readonly string[]): boolean;
}

const isTruth = (text: string): boolean => /^(true|false|0|1)$/i.test(text);
const isTime = (text: string): boolean => unitOfText(text) !== undefined;

export const SHAPES: readonly Shape[] = [
  {
    name: 'binance trades',
    fields: { id: 0, price: 1, quantity: 2, quote: 3, time: 4, side: 5 },
    speaksOfMaker: true,
    fits: (cells) => (cells.length === 6 || cells.length === 7) && isTime(cells[4]) && isTruth(cells[5]),
  },
  {
    name: 'binance aggTrades',
    fields: { id: 0, price: 1, quantity: 2, time: 5, side: 6 },
    speaksOfMaker: true,
    fits: (cells) => (cells.length === 7 || cells.length === 8) && isTime(cells[5]) && isTruth(cells[6]),
  },
  {
    name: 'kraken archive',
    fields: { time: 0, price: 1, quantity: 2 },
    speaksOfMaker: false,
    venues: ['kraken'],
    fits: ([time, price, quantity, ...rest]) =>
      rest.length === 0 && unitOfText(time) === 's' && numberOf(price) > 0 && numberOf(quantity) > 0,
  },
];
