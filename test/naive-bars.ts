/** Bars written so plainly that nobody could get them wrong: all trades of a bar in an array, every column from its definition. */
import { exactSum } from '../packages/core/src/base/exact.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';

export type NaiveBar = Record<string, number>;

const sum = (values: readonly number[]): number => exactSum(Float64Array.from(values), 0, values.length);
const mean = (values: readonly number[]): number => (values.length === 0 ? NaN : sum(values) / values.length);
/** Central moment; of distances from the first value, which are exact where the mean of the values themselves is not. */
const central = (values: readonly number[], power: number): number => {
  const distances = values.map((v) => v - values[0]);
  const m = mean(distances);
  return mean(distances.map((d) => Array.from({ length: power }).reduce<number>((product) => product * (d - m), 1)));
};
const dollars = (t: Trade): number => t.price * t.quantity;

function skewAndKurtosis(values: readonly number[]): [number, number] {
  const deviation = Math.sqrt(central(values, 2));
  if (values.length === 0 || deviation < 1e-9) return [0, 0];
  return [
    central(values, 3) / (deviation * deviation * deviation),
    central(values, 4) / (deviation * deviation * deviation * deviation) - 3,
  ];
}

/** The columns of a bar of these trades. */
export function naiveBar(
  trades: readonly Trade[],
  times: { open_time: number; close_time: number; available_at: number },
): NaiveBar {
  const prices = trades.map((t) => t.price);
  const quantities = trades.map((t) => t.quantity);
  const returns = prices.slice(1).map((p, i) => (p === prices[i] ? 0 : Math.log(p / prices[i])));
  const signs = prices
    .slice(1)
    .map((p, i) => Math.sign(p - prices[i]))
    .filter((s) => s !== 0);
  const known = trades.every((t) => t.buyerMaker !== undefined);
  const bought = sum(trades.filter((t) => t.buyerMaker === false).map((t) => t.quantity));
  const sold = sum(trades.filter((t) => t.buyerMaker === true).map((t) => t.quantity));
  const volume = sum(quantities);
  const signed = sum(trades.map((t) => (t.buyerMaker === false ? t.quantity : -t.quantity)));
  const [priceSkew, priceKurtosis] = skewAndKurtosis(prices);
  const [volumeSkew, volumeKurtosis] = skewAndKurtosis(quantities);
  return {
    ...times,
    open: prices[0],
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices[prices.length - 1],
    volume,
    dollar_volume: sum(trades.map(dollars)),
    num_ticks: trades.length,
    vwap: sum(trades.map(dollars)) / volume,
    trade_imbalance: known ? signed / volume : NaN,
    taker_buy_volume: known ? bought : NaN,
    taker_sell_volume: known ? sold : NaN,
    taker_buy_sell_ratio: known && sold > 0 ? bought / sold : NaN,
    intra_bar_tick_price_volatility: returns.length === 0 ? 0 : Math.sqrt(central(returns, 2)),
    tick_price_skewness: priceSkew,
    tick_price_kurtosis: priceKurtosis,
    num_price_changes: signs.length,
    num_directional_changes: signs.slice(1).filter((s, i) => s !== signs[i]).length,
    volume_skew: volumeSkew,
    volume_kurtosis: volumeKurtosis,
    avg_trade_size: volume / trades.length,
    ofi: known ? signed : NaN,
    duration_seconds: (times.close_time - times.open_time) / 1e6,
  };
}

/** A silent interval: flat at the last close. */
export function naiveFlat(price: number, open_time: number, close_time: number): NaiveBar {
  const zeros = Object.fromEntries(
    Object.keys(naiveBar([], { open_time: 0, close_time: 0, available_at: 0 })).map((k) => [k, 0]),
  );
  const duration = (close_time - open_time) / 1e6;
  const prices = { open: price, high: price, low: price, close: price, vwap: price };
  return {
    ...zeros,
    ...prices,
    taker_buy_sell_ratio: NaN,
    open_time,
    close_time,
    available_at: close_time,
    duration_seconds: duration,
  };
}

/** Weight of a trade towards the threshold of a kind. */
const weights: Record<string, (t: Trade) => number> = {
  dollar: dollars,
  volume: (t) => t.quantity,
  tick: () => 1,
};

const DAY = 86_400_000_000;

/** Groups of trades that are bars of a threshold kind; a group that midnight ended is partial. */
export function naiveThreshold(
  trades: readonly Trade[],
  kind: string,
  threshold: number,
  { carry = false, anchorDay = false } = {},
): { bars: NaiveBar[]; groups: Trade[][] } {
  const bars: NaiveBar[] = [];
  const groups: Trade[][] = [];
  let open: Trade[] = [];
  let counted: number[] = [];
  const end = (close_time: number, available_at: number, partial: number): void => {
    bars.push({ ...naiveBar(open, { open_time: open[0].time, close_time, available_at }), partial });
    groups.push(open);
    open = [];
  };
  trades.forEach((trade, i) => {
    const midnight = i === 0 ? NaN : (Math.floor(trades[i - 1].time / DAY) + 1) * DAY;
    if (anchorDay && trade.time >= midnight) {
      if (open.length > 0) end(trades[i - 1].time, midnight, 1);
      counted = [];
    }
    open.push(trade);
    counted.push(weights[kind](trade));
    if (sum(counted) < threshold) return;
    end(trade.time, trade.time, 0);
    counted = carry ? [sum([...counted, -threshold])] : [];
  });
  return { bars, groups };
}

export interface NaiveExpectation {
  readonly expectedTicks: number;
  readonly ticksWindow: number;
  readonly imbalanceWindow: number;
  readonly minTicks: number;
  readonly maxTicks: number;
}

/** Exponentially weighted mean, weights normalised by their sum. */
function ewm(values: readonly number[], span: number): number {
  const keep = 1 - 2 / (span + 1);
  let total = 0;
  let weight = 0;
  for (const x of values) {
    total = x + keep * total;
    weight = 1 + keep * weight;
  }
  return total / weight;
}

/** Bars of an imbalance or run kind, such as `dollarRun`, each expectation computed anew from the first trade. */
export function naiveExpected(
  trades: readonly Trade[],
  kind: string,
  settings: NaiveExpectation,
  { anchorDay = false } = {},
): NaiveBar[] {
  const weight = weights[kind.replace(/Imbalance|Run/, '')];
  const { expectedTicks, ticksWindow, imbalanceWindow, minTicks, maxTicks } = settings;
  const bars: NaiveBar[] = [];
  let open: Trade[] = [];
  let known: Trade[] = [];
  let lengths: number[] = [];
  const flows = (list: readonly Trade[], sold: boolean): number[] =>
    list.filter((t) => t.buyerMaker !== undefined).map((t) => (t.buyerMaker === sold ? weight(t) : 0));
  const side = (list: readonly Trade[], of: (values: readonly number[]) => number): number => {
    const [bought, sold] = [of(flows(list, false)), of(flows(list, true))];
    return kind.endsWith('Run') ? Math.max(bought, sold) : Math.abs(bought - sold);
  };
  const end = (close_time: number, available_at: number, partial: number): void => {
    bars.push({ ...naiveBar(open, { open_time: open[0].time, close_time, available_at }), partial });
    open = [];
  };
  let expected = NaN;
  trades.forEach((trade, i) => {
    const midnight = i === 0 ? NaN : (Math.floor(trades[i - 1].time / DAY) + 1) * DAY;
    if (anchorDay && trade.time >= midnight) {
      if (open.length > 0) end(trades[i - 1].time, midnight, 1);
      known = [];
      lengths = [];
    }
    open.push(trade);
    known.push(trade);
    if (trade.buyerMaker === undefined) return;
    const ticks = open.filter((t) => t.buyerMaker !== undefined).length;
    const reached = ticks >= minTicks && side(open, sum) >= expected;
    if (lengths.length === 0 ? ticks < expectedTicks : !reached && ticks < maxTicks) return;
    end(trade.time, trade.time, 0);
    lengths.push(ticks);
    expected = ewm(lengths, ticksWindow) * side(known, (values) => ewm(values, imbalanceWindow));
  });
  return bars;
}

/** Bars of every interval from the first trade's to the last trade's, the last one left open. */
export function naiveIntervals(trades: readonly Trade[], every: number, carryEmpty: boolean): NaiveBar[] {
  const bars: NaiveBar[] = [];
  if (trades.length === 0) return bars;
  const last = Math.floor(trades[trades.length - 1].time / every) * every;
  for (let a = Math.floor(trades[0].time / every) * every; a < last; a += every) {
    const inside = trades.filter((t) => t.time >= a && t.time < a + every);
    const times = { open_time: a, close_time: a + every, available_at: a + every };
    if (inside.length > 0) bars.push(naiveBar(inside, times));
    else if (carryEmpty) bars.push(naiveFlat(bars[bars.length - 1].close, a, a + every));
  }
  return bars;
}
