/** Bars made anew by plain loops that share nothing with the chain, to compare its bars with. */
import { BAR_COLUMNS, type BarColumn } from 'minotaur-core/internal/bars/bar';
import type { AcceptedTrade } from './accepted.ts';
import type { Table } from '../harness/table.ts';

export type Bar = Readonly<Record<BarColumn, number>>;
/** What a bar has to hold; NaN where these trades or parts do not say. */
export type Remade = Partial<Record<BarColumn, number>>;

/** The bars of a trace, an object for each as it is asked for: a silence gives many. */
export function* barsOf({ values, times }: Table): Generator<Bar> {
  const width = values.length / Math.max(1, times.length);
  for (let r = 0; r < times.length; r++) {
    yield Object.fromEntries(BAR_COLUMNS.map((name, c) => [name, values[r * width + c]])) as Bar;
  }
}

/** Trades that have come since a bar began. */
export interface Open {
  count: number;
  readonly bar: {
    open: number;
    high: number;
    low: number;
    close: number;
    volume: number;
    dollars: number;
    bought: number;
  };
  firstTime: number;
  lastTime: number;
}

export function openBar(): Open {
  const bar = { open: NaN, high: -Infinity, low: Infinity, close: NaN, volume: 0, dollars: 0, bought: 0 };
  return { count: 0, bar, firstTime: NaN, lastTime: NaN };
}

export function addTrade(open: Open, { time, price, quantity, dollars, bought }: AcceptedTrade): void {
  const { bar } = open;
  if (open.count++ === 0) {
    bar.open = price;
    open.firstTime = time;
  }
  bar.high = Math.max(bar.high, price);
  bar.low = Math.min(bar.low, price);
  bar.close = price;
  bar.volume += quantity;
  bar.dollars += dollars;
  bar.bought += bought;
  open.lastTime = time;
}

/** The bar of those trades; without any, a flat one at `lastClose`. */
export function fromTrades({ count, bar }: Open, lastClose: number): Remade {
  const { volume, dollars, bought, ...prices } = bar;
  const flat = { open: lastClose, high: lastClose, low: lastClose, close: lastClose };
  return { ...(count > 0 ? prices : flat), num_ticks: count, ...ratios(volume, dollars, bought, count, lastClose) };
}

/** A bar of bars. */
export function fromParts(parts: readonly Bar[]): Remade {
  const sum = (name: BarColumn): number => parts.reduce((total, part) => total + part[name], 0);
  const ticks = sum('num_ticks');
  const close = parts.at(-1)?.close ?? NaN;
  return {
    open: parts[0]?.open ?? NaN,
    high: Math.max(...parts.map((part) => part.high)),
    low: Math.min(...parts.map((part) => part.low)),
    close,
    num_ticks: ticks,
    open_time: parts[0]?.open_time ?? NaN,
    close_time: parts.at(-1)?.close_time ?? NaN,
    constituent_bar_count: parts.length,
    ...ratios(sum('volume'), sum('dollar_volume'), sum('taker_buy_volume'), ticks, close),
  };
}

/** What follows from the sums: of the whole bar, never a sum or mean of ratios of its parts. */
function ratios(volume: number, dollars: number, bought: number, ticks: number, close: number): Remade {
  return {
    volume,
    dollar_volume: dollars,
    taker_buy_volume: bought,
    taker_sell_volume: volume - bought,
    ofi: 2 * bought - volume,
    vwap: volume === 0 ? close : dollars / volume,
    trade_imbalance: volume === 0 ? 0 : (2 * bought - volume) / volume,
    avg_trade_size: ticks === 0 ? 0 : volume / ticks,
  };
}

/** Columns that rounding cannot touch. */
const EXACT: ReadonlySet<BarColumn> = new Set([
  'open',
  'high',
  'low',
  'close',
  'num_ticks',
  'open_time',
  'close_time',
  'available_at',
  'constituent_bar_count',
]);
/** Of its volume: a difference of large sums is rounded like the sums. */
const TOLERANCE = 1e-9;

/** The first column in which `bar` is not what was remade, in words; counts what it looks at. */
export function firstUnlike(bar: Bar, remade: Remade, compared: { values: number }): string | undefined {
  for (const [name, expected] of Object.entries(remade) as [BarColumn, number][]) {
    compared.values++;
    const found = bar[name];
    if (found === expected || Number.isNaN(expected)) continue;
    const scale = Math.max(Math.abs(expected), name === 'trade_imbalance' ? 1 : bar.volume);
    if (!EXACT.has(name) && Math.abs(found - expected) <= TOLERANCE * scale) continue;
    return `${name}: expected ${expected}, found ${found}`;
  }
  return undefined;
}
