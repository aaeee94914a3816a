/** The columns of a bar, and how a closed part becomes a row of them. */
import { differenceOfSums } from '../base/exact.ts';
import { MICROS_PER_SECOND } from '../base/time.ts';
import {
  BOUGHT,
  CLOSE,
  CONSTITUENTS,
  DIRECTION_CHANGES,
  DOLLARS,
  HIGH,
  LOW,
  OPEN,
  PRICES,
  PRICE_CHANGES,
  QUANTITIES,
  RETURNS,
  TICKS,
  VOLUME,
} from './part.ts';
import { deviation, kurtosis, skewness } from './moments.ts';

/** Columns that are features of a bar, in schema order. Meanings: docs/semantics.md. */
export const BAR_FEATURES = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'dollar_volume',
  'num_ticks',
  'vwap',
  'trade_imbalance',
  'taker_buy_volume',
  'taker_sell_volume',
  'taker_buy_sell_ratio',
  'intra_bar_tick_price_volatility',
  'tick_price_skewness',
  'tick_price_kurtosis',
  'num_price_changes',
  'num_directional_changes',
  'volume_skew',
  'volume_kurtosis',
  'avg_trade_size',
  'ofi',
  'duration_seconds',
  'constituent_bar_count',
] as const;

/** Columns that say when and which; expressions may read them, models should not. */
const BAR_IDENTITY = ['open_time', 'close_time', 'available_at', 'ordinal', 'partial'] as const;

/** All columns of a clock, the event number last. */
export const BAR_COLUMNS = [...BAR_FEATURES, ...BAR_IDENTITY, 'event'] as const;

/** Name of a column of a bar; semantics.md has their formulas. */
export type BarColumn = (typeof BAR_COLUMNS)[number];

/** Column index by name, so that writing a row is plain indexing. */
export const COLUMN = Object.fromEntries(BAR_COLUMNS.map((name, i) => [name, i])) as Record<BarColumn, number>;

/** Columns that count from the start of the run, and so never forget it. */
export const BAR_UNBOUNDED: ReadonlySet<string> = new Set(['ordinal', 'event']);

const SIDE_UNKNOWN = 'the side of a trade is unknown';

/** Columns of bars made from trades that can be NaN, and when. */
export const BAR_UNDEFINED: ReadonlyMap<string, string> = new Map([
  ['taker_buy_sell_ratio', 'nothing was sold'],
  ['trade_imbalance', SIDE_UNKNOWN],
  ['taker_buy_volume', SIDE_UNKNOWN],
  ['taker_sell_volume', SIDE_UNKNOWN],
  ['ofi', SIDE_UNKNOWN],
]);

/** Where closed bars go: the columns of a clock. */
export interface BarTable {
  readonly data: readonly Float64Array[];
  append(): number;
}

/** What the part does not know about the bar that it became. */
export interface Closing {
  openTime: number;
  closeTime: number;
  /** Never before closeTime; a row at t may hold the bar iff availableAt <= t. */
  availableAt: number;
  /** 1 when a day boundary closed it before its threshold was reached. */
  partial: number;
  /**
   * The event that closed it: twice the ordinal of the trade, plus 1 when the trade is part of the bar. Orders bars whose
   * times are equal.
   */
  event: number;
}

/** Appends the finished part as a bar. */
export function writeBar(table: BarTable, part: Float64Array, closing: Closing, ordinal: number): void {
  const i = table.append();
  const d = table.data;
  const volume = part[VOLUME] + part[VOLUME + 1];
  const dollars = part[DOLLARS] + part[DOLLARS + 1];
  const bought = part[BOUGHT] + part[BOUGHT + 1];
  // Exact sums make the difference exact too, so an all-buy bar has sold precisely nothing.
  const sold = differenceOfSums(part[VOLUME], part[VOLUME + 1], part[BOUGHT], part[BOUGHT + 1]);
  const signed = differenceOfSums(2 * part[BOUGHT], 2 * part[BOUGHT + 1], part[VOLUME], part[VOLUME + 1]);
  const ticks = part[TICKS];
  d[COLUMN.open][i] = part[OPEN];
  d[COLUMN.high][i] = part[HIGH];
  d[COLUMN.low][i] = part[LOW];
  d[COLUMN.close][i] = part[CLOSE];
  d[COLUMN.volume][i] = volume;
  d[COLUMN.dollar_volume][i] = dollars;
  d[COLUMN.num_ticks][i] = ticks;
  d[COLUMN.vwap][i] = volume === 0 ? part[CLOSE] : dollars / volume;
  d[COLUMN.trade_imbalance][i] = volume === 0 ? 0 : signed / volume;
  d[COLUMN.taker_buy_volume][i] = bought;
  d[COLUMN.taker_sell_volume][i] = sold;
  d[COLUMN.taker_buy_sell_ratio][i] = sold > 0 ? bought / sold : NaN;
  d[COLUMN.intra_bar_tick_price_volatility][i] = deviation(part, RETURNS);
  d[COLUMN.tick_price_skewness][i] = skewness(part, PRICES);
  d[COLUMN.tick_price_kurtosis][i] = kurtosis(part, PRICES);
  d[COLUMN.num_price_changes][i] = part[PRICE_CHANGES];
  d[COLUMN.num_directional_changes][i] = part[DIRECTION_CHANGES];
  d[COLUMN.volume_skew][i] = skewness(part, QUANTITIES);
  d[COLUMN.volume_kurtosis][i] = kurtosis(part, QUANTITIES);
  d[COLUMN.avg_trade_size][i] = ticks === 0 ? 0 : volume / ticks;
  d[COLUMN.ofi][i] = signed;
  d[COLUMN.duration_seconds][i] = (closing.closeTime - closing.openTime) / MICROS_PER_SECOND;
  d[COLUMN.constituent_bar_count][i] = part[CONSTITUENTS];
  d[COLUMN.open_time][i] = closing.openTime;
  d[COLUMN.close_time][i] = closing.closeTime;
  d[COLUMN.available_at][i] = closing.availableAt;
  d[COLUMN.ordinal][i] = ordinal;
  d[COLUMN.partial][i] = closing.partial;
  d[COLUMN.event][i] = closing.event;
}
