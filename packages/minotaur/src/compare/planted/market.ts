/** A table of features that is made up: columns of every kind that people have. */
import { exp, log, tanh } from 'minotaur-core/internal/base/elementary/index';
import { distributions, sfc32, type Random } from 'minotaur-core/internal/base/random';
import { MICROS_PER_MINUTE } from 'minotaur-core/internal/base/time';

type Columns = Record<string, Float64Array>;

export interface Market {
  /** Microseconds; bars of 15 minutes. */
  readonly time: Float64Array;
  readonly columns: Columns;
}

/** 2024-01-29, a Monday: the month changes within. */
const START = 1_706_486_400_000_000;
const STEP = 15 * MICROS_PER_MINUTE;

/** Every value a share of the way from the one before. */
export function average(values: Float64Array, span: number, begins: (i: number) => boolean, seed = NaN): Float64Array {
  const share = 2 / (span + 1);
  let last = NaN;
  return values.map((x, i) => {
    if (i === 0 || begins(i)) last = seed === seed ? seed : x;
    else if (x === x) last += share * (x - last);
    return last;
  });
}

const lagged = (values: Float64Array, rows: number): Float64Array =>
  values.map((_, i) => (i < rows ? NaN : values[i - rows]));

export function rolling(values: Float64Array, rows: number, of: (window: Float64Array) => number): Float64Array {
  return values.map((_, i) => (i + 1 < rows ? NaN : of(values.subarray(i + 1 - rows, i + 1))));
}

export const deviation = (window: Float64Array, ddof: number): number => {
  const mean = window.reduce((sum, x) => sum + x, 0) / window.length;
  return Math.sqrt(window.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (window.length - ddof));
};

function prices(rows: number, { normal, uniform }: Random): Columns {
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(rows));
  let [price, heat] = [30_000 * (0.5 + uniform()), 0];
  for (let i = 0; i < rows; i++) {
    heat = 0.95 * heat + 0.3 * normal();
    open[i] = price * (1 + 1e-5 * normal());
    price = open[i] * exp(0.002 * exp(0.4 * heat) * normal());
    close[i] = price;
    high[i] = Math.max(open[i], price) * (1 + 0.001 * uniform());
    low[i] = Math.min(open[i], price) * (1 - 0.001 * uniform());
    volume[i] = exp(3 + heat + 0.3 * normal());
  }
  return { open, high, low, close, volume };
}

/** A market of `rows` rows by a seed. */
export function makeMarket(seed: number, rows: number): Market {
  const random = distributions(sfc32(seed));
  const time = Float64Array.from({ length: rows }, (_, i) => START + i * STEP);
  const base = prices(rows, random);
  const { close, volume, high, low } = base;
  const ret = close.map((x, i) => (i === 0 ? NaN : log(x / close[i - 1])));
  const never = (): boolean => false;
  const ema = average(close, 24, never);
  const slow = average(close, 60, never);
  const std = rolling(close, 20, (window) => deviation(window, 1));
  const up = average(
    ret.map((x) => (x > 0 ? x : 0)),
    27,
    never,
  );
  const down = average(
    ret.map((x) => (x < 0 ? -x : 0)),
    27,
    never,
  );
  const rsi = up.map((x, i) => (i < 14 ? NaN : (100 * x) / (x + down[i])));
  let sum = 0;
  const obv = volume.map((x, i) => (sum += ret[i] > 0 ? x : ret[i] < 0 ? -x : 0));
  return {
    time,
    columns: {
      ...base,
      ret,
      ema,
      std,
      rsi,
      macd: ema.map((x, i) => x - slow[i]),
      z: close.map((x, i) => (x - slow[i]) / (std[i] || 1)),
      range: high.map((x, i) => (x - low[i]) / low[i]),
      obv,
      share: ret.map((x) => 0.5 + 0.5 * tanh(200 * x)),
      up: ret.map((x) => (x > 0 ? 1 : 0)),
      // Known at some rows only, as funding and news are.
      sparse: close.map((x, i) => (random.uniform() < 0.25 ? x / 100 + i / 50 : NaN)),
      noise: close.map(() => random.normal()),
      before: lagged(volume, 3),
    },
  };
}
