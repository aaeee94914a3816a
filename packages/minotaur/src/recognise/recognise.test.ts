/** A table of columns by formulas of pandas, TA-Lib, pandas-ta and ta, written here in plain JavaScript, is recognised. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { usualCandidates } from './candidates/candidates.ts';
import { valuesOf } from './candidates/values.ts';
import { columnsOf } from './columns.ts';
import { recognise, type Recognised } from './recognise.ts';
import { market, MINUTE } from './simulated-market.ts';

const ROWS = 4000;

const bars = market(ROWS, 5);
const [o, h, l, c, v] = ['open', 'high', 'low', 'close', 'volume'].map(
  (name) => bars.columns.get(name) as Float64Array,
);
const times = bars.columns.get('open_time') as Float64Array;

type Series = Float64Array;
const each = (of: (i: number) => number): Series => Float64Array.from({ length: ROWS }, (_, i) => of(i));
const at = (x: Series, i: number): number => (i < 0 || i >= ROWS ? NaN : x[i]);
const window = (x: Series, i: number, n: number): number[] => Array.from({ length: n }, (_, k) => at(x, i - n + 1 + k));
const mean = (values: readonly number[]): number => values.reduce((s, y) => s + y, 0) / values.length;
const deviation = (values: readonly number[], ddof: number): number => {
  const m = mean(values);
  return Math.sqrt(values.reduce((s, y) => s + (y - m) * (y - m), 0) / (values.length - ddof));
};
const rolling = (x: Series, n: number, of: (values: number[]) => number): Series =>
  each((i) => (i < n - 1 ? NaN : of(window(x, i, n))));
const sma = (x: Series, n: number): Series => rolling(x, n, mean);
const std = (x: Series, n: number, ddof = 1): Series => rolling(x, n, (values) => deviation(values, ddof));
const highest = (x: Series, n: number): Series => rolling(x, n, (values) => Math.max(...values));
const lowest = (x: Series, n: number): Series => rolling(x, n, (values) => Math.min(...values));
/** `ewm(alpha, adjust=False)` of pandas, from the first value on. */
const ewm = (x: Series, alpha: number): Series => {
  let m = NaN;
  return x.map((y) => (m = m === m ? (y === y ? m + alpha * (y - m) : m) : y));
};
const ema = (x: Series, span: number): Series => ewm(x, 2 / (span + 1));
/** TA-Lib's: begun with the mean of the first values. */
const seeded = (x: Series, n: number, alpha: number): Series => {
  const first = x.findIndex((y) => y === y);
  let m = mean([...x.subarray(first, first + n)]);
  return each((i) => (i < first + n - 1 ? NaN : i === first + n - 1 ? m : (m = m + alpha * (x[i] - m))));
};
const shift = (x: Series, k: number): Series => each((i) => at(x, i - k));
const ret = (x: Series, n: number): Series => each((i) => x[i] / at(x, i - n) - 1);
const logret = each((i) => Math.log(c[i] / at(c, i - 1)));
const changes = each((i) => c[i] - at(c, i - 1));
const range = each((i) =>
  i === 0 ? NaN : Math.max(h[i] - l[i], Math.abs(h[i] - c[i - 1]), Math.abs(l[i] - c[i - 1])),
);
const typical = each((i) => (h[i] + l[i] + c[i]) / 3);
const gains = changes.map((x) => (x === x ? Math.max(x, 0) : NaN));
const losses = changes.map((x) => (x === x ? Math.max(-x, 0) : NaN));
const rsi = (n: number): Series => {
  const [up, down] = [seeded(gains, n, 1 / n), seeded(losses, n, 1 / n)];
  return each((i) => 100 - 100 / (1 + up[i] / down[i]));
};
const combine = (x: Series, y: Series, of: (x: number, y: number) => number): Series => each((i) => of(x[i], y[i]));
const minus = (x: Series, y: Series): Series => combine(x, y, (p, q) => p - q);
const macd = minus(ema(c, 12), ema(c, 26));
const stochastic = (n: number): Series =>
  combine(lowest(l, n), highest(h, n), (low, high) => low + 0 * high).map(
    (low, i) => (100 * (c[i] - low)) / (highs[n][i] - low),
  );
const highs: Record<number, Series> = { 14: highest(h, 14) };
const flow = each((i) => typical[i] * v[i]);
const obv = each(() => 0);
for (let i = 1; i < ROWS; i++) obv[i] = obv[i - 1] + Math.sign(changes[i]) * v[i];
const hours = times.map((time) => Math.floor(time / 3600e6));

/** The column, and the expression of ours that is expected; several where any of them will do. */
const TABLE: Readonly<Record<string, readonly [values: Series, ...expected: string[]]>> = {
  SMA_20: [sma(c, 20), 'sma(close, 20)'],
  sma_50_close: [sma(c, 50), 'sma(close, 50)'],
  'EMA(close,12)': [ema(c, 12), 'ewm_mean(close, 12)'],
  ema_37: [seeded(c, 37, 2 / 38), 'ema(close, 37)'],
  wma10: [rolling(c, 10, (x) => x.reduce((s, y, k) => s + y * (k + 1), 0) / 55), 'wma(close, 10)'],
  RSI14: [rsi(14), 'rsi(close, 14)'],
  rsi_7: [rsi(7), 'rsi(close, 7)'],
  macd: [macd, 'ewm_mean(close, 12) - ewm_mean(close, 26)'],
  macd_signal: [ema(macd, 9), 'ewm_mean(ewm_mean(close, 12) - ewm_mean(close, 26), 9)'],
  macdhist: [
    minus(macd, ema(macd, 9)),
    'ewm_mean(close, 12) - ewm_mean(close, 26) - ewm_mean(ewm_mean(close, 12) - ewm_mean(close, 26), 9)',
  ],
  bb_upper: [combine(sma(c, 20), std(c, 20, 0), (m, d) => m + 2 * d), 'bbands(close, 20, 2, 2).upper'],
  'BBL_20_2.0': [combine(sma(c, 20), std(c, 20, 0), (m, d) => m - 2 * d), 'bbands(close, 20, 2, 2).lower'],
  upper_pandas: [
    combine(sma(c, 20), std(c, 20, 1), (m, d) => m + 2 * d),
    'sma(close, 20) + 2 * rolling_std(close, 20)',
  ],
  volatility_20: [std(logret, 20), 'rolling_std(log_return(close), 20)'],
  vol_ret_30: [std(ret(c, 1), 30), 'rolling_std(pct_change(close, 1), 30)'],
  zscore_50: [combine(minus(c, sma(c, 50)), std(c, 50), (x, d) => x / d), 'rolling_zscore(close, 50)'],
  ret_5: [ret(c, 5), 'pct_change(close, 5)'],
  log_ret: [logret, 'log_return(close)'],
  mom_10: [each((i) => c[i] - at(c, i - 10)), 'diff(close, 10)'],
  close_lag_3: [shift(c, 3), 'lag(close, 3)'],
  ROC_9: [ret(c, 9).map((x) => 100 * x), 'roc(close, 9)'],
  atr_14: [seeded(range, 14, 1 / 14), 'atr(high, low, close, 14)'],
  atr_mean: [sma(range, 14), 'sma(trange(high, low, close), 14)'],
  true_range: [range, 'trange(high, low, close)'],
  NATR_14: [combine(seeded(range, 14, 1 / 14), c, (x, y) => (100 * x) / y), 'natr(high, low, close, 14)'],
  cci_20: [
    rolling(typical, 20, (x) => {
      const m = mean(x);
      return (x[19] - m) / (0.015 * mean(x.map((y) => Math.abs(y - m))));
    }),
    'cci(high, low, close, 20)',
  ],
  stoch_k: [stochastic(14), 'stochf(high, low, close, 14, 3).stochf_k'],
  slow_k: [
    sma(stochastic(14), 3),
    'stoch(high, low, close, 14, 3, 3).stoch_k',
    'stochf(high, low, close, 14, 3).stochf_d',
  ],
  willr: [stochastic(14).map((x) => x - 100), 'willr(high, low, close, 14)'],
  obv: [obv, 'obv(close, volume) + *'],
  vwap_20: [
    combine(sma(flow, 20), sma(v, 20), (x, y) => x / y),
    'vwma(close, volume, 20)',
    'sum(typprice(high, low, close) * volume, 20) / sum(volume, 20)',
  ],
  volume_sma_20: [sma(v, 20), 'sma(volume, 20)'],
  vol_ratio: [combine(v, sma(v, 20), (x, y) => x / y), 'volume / sma(volume, 20)'],
  log_volume: [v.map((x) => Math.log(1 + x)), 'log1p(volume)'],
  hl_range: [minus(h, l), 'high - low'],
  body: [minus(c, o), 'close - open'],
  hlc3: [typical, 'typprice(high, low, close)'],
  donchian_high: [highest(h, 20), 'max(high, 20)', 'donchian(high, low, 20).upper'],
  min_30: [lowest(c, 30), 'min(close, 30)'],
  rank_20: [rolling(c, 20, (x) => x.filter((y) => y <= x[19]).length / 20), 'rolling_rank(close, 20)'],
  dist_sma_50: [combine(c, sma(c, 50), (x, y) => x / y - 1), 'close / sma(close, 50) - 1'],
  skew_20: [
    rolling(logret, 20, (x) => (20 / (19 * 18)) * x.reduce((s, y) => s + ((y - mean(x)) / deviation(x, 1)) ** 3, 0)),
    'NONE',
  ],
  hour: [times.map((time) => Math.floor(time / 3600e6) % 24), 'hour_of_day(open_time)'],
  hour_sin: [
    times.map((time) => Math.sin((2 * Math.PI * (Math.floor(time / 3600e6) % 24)) / 24)),
    'cycle_sin(hour_of_day(open_time), 24)',
  ],
  up: [combine(c, o, (x, y) => Number(x > y)), 'close > open'],
};

const [centre, spread, bottom, top] = [mean([...c]), deviation([...c], 0), Math.min(...c), Math.max(...c)];
const OTHERS: typeof TABLE = {
  late_rsi: [shift(rsi(14), 2), 'lag(rsi(close, 14), 2)'],
  sma_f32: [Float64Array.from(new Float32Array(sma(c, 20))), 'sma(close, 20)'],
  sma_rounded: [sma(c, 20).map((x) => Math.round(x * 100) / 100), 'sma(close, 20)'],
  annual: [std(logret, 20).map((x) => x * Math.sqrt(365)), '(rolling_std(log_return(close), 20)) * *'],
  rsi_share: [rsi(14).map((x) => x / 100), '(rsi(close, 14)) * 0.01'],
  centred: [shift(sma(c, 21), -10), 'sma(close, 21)'],
  scaled: [c.map((x) => (x - centre) / spread), 'rolling_zscore(close, 500)'],
  between: [
    c.map((x) => (x - bottom) / (top - bottom)),
    '(close - min(close, 500)) / (max(close, 500) - min(close, 500))',
  ],
  ranked: [wholeRank(logret), 'rolling_rank(log_return(close), 500)', 'rolling_rank(pct_change(close, 1), 500)'],
  hourly_close: [each((i) => c[lastOfHour(i)]), 'close'],
  hourly_before: [each((i) => at(c, firstOfHour(i) - 1)), 'close'],
};

function lastOfHour(i: number): number {
  while (i + 1 < ROWS && hours[i + 1] === hours[i]) i++;
  return i;
}
function firstOfHour(i: number): number {
  while (i > 0 && hours[i - 1] === hours[i]) i--;
  return i;
}
function wholeRank(x: Series): Series {
  const sorted = x.filter((y) => y === y).sort();
  return x.map((y) => (y === y ? (sorted.indexOf(y) + 1) / sorted.length : NaN));
}

const matches = (expression: string | undefined, expected: readonly string[]): boolean =>
  expected.some((one) =>
    one.endsWith('*') ? expression?.startsWith(one.slice(0, -1)) === true : one === (expression ?? 'NONE'),
  );

/** Of nothing but chance. */
const CHANCE: Readonly<Record<string, Series>> = chance();

function chance(): Record<string, Series> {
  const random = mulberry32(77);
  let walk = 100;
  const noise = each(() => random() - 0.5);
  return {
    noise,
    sma_22: each(() => (walk += random() - 0.5)),
    flag: each(() => Number(random() < 0.5)),
    rare: each(() => Number(random() < 0.002)),
    whole: each(() => Math.floor(10 * random())),
    gaps: each(() => (random() < 0.3 ? NaN : random())),
    rsi_15: combine(rsi(15), noise, (x, y) => x + 0.1 * y),
    close_of_another: combine(c, noise, (x, y) => x * (1 + 1e-4 * y)),
    hourly: each((i) => mulberry32(hours[i] % 1_000_003)()),
    constant: each(() => 1),
    nothing: each(() => NaN),
    price_of_another: market(ROWS, 6).columns.get('close') as Series,
  };
}

const entriesOf = (table: typeof TABLE): [string, Series][] =>
  Object.entries(table).map(([name, [values]]) => [name, values]);
const found: ReadonlyMap<string, Recognised> = new Map(
  (
    await recognise(bars, columnsOf(new Map([...entriesOf(TABLE), ...entriesOf(OTHERS), ...Object.entries(CHANCE)])), {
      step: MINUTE,
    })
  ).map((one) => [one.name, one]),
);

test('columns by formulas of pandas, TA-Lib and ta are recognised', () => {
  const wrong = Object.entries(TABLE).flatMap(([name, [, ...expected]]) => {
    const one = found.get(name);
    const all = [one?.made?.expression, ...(one?.or ?? [])];
    return all.some((expression) => matches(expression, expected)) ? [] : [{ name, expected, one }];
  });
  assert.deepEqual(wrong, []);
  assert.ok(Object.keys(TABLE).length >= 40);
});

test('columns that are moved, scaled, kept otherwise or scaled by their whole are told as that', () => {
  const told = Object.entries(OTHERS).map(([name, [, ...expected]]) => {
    const one = found.get(name);
    const all = [one?.made?.expression, ...(one?.or ?? [])];
    return [name, one?.made?.form, one?.coarse?.joined, all.some((expression) => matches(expression, expected))];
  });
  assert.deepEqual(told, [
    ['late_rsi', 'late', undefined, true],
    ['sma_f32', 'same', undefined, true],
    ['sma_rounded', 'same', undefined, true],
    ['annual', 'scaled', undefined, true],
    ['rsi_share', 'scaled', undefined, true],
    ['centred', 'early', undefined, true],
    ['scaled', 'zscore', undefined, true],
    ['between', 'minmax', undefined, true],
    ['ranked', 'rank', undefined, true],
    ['hourly_close', 'same', 'atOpen', true],
    ['hourly_before', 'same', 'closed', true],
  ]);
});

test('columns of chance are not recognised', () => {
  const taken = Object.keys(CHANCE).filter((name) => found.get(name)?.made !== undefined);
  assert.deepEqual(taken, []);
  const { named, nearest } = found.get('rsi_15') ?? {};
  assert.deepEqual([named, nearest?.expression], ['rsi(close, 15)', 'rsi(close, 15)']);
});

test('every usual expression can be computed, and gives values', () => {
  const given = [...bars.columns.keys()];
  const usual = usualCandidates(given, ['fast_33']);
  assert.ok(usual.includes('sma(close, 33)'));
  const values = valuesOf(usual, bars, { start: 0, from: 3500, to: ROWS });
  assert.deepEqual(
    usual.filter((_, k) => values[k].every((x) => x !== x)),
    [],
  );
});

test('rows that a table leaves out say nothing', async () => {
  const isAbsent = Uint8Array.from({ length: ROWS }, (_, i) => Number(i % 7 === 3));
  const values = sma(c, 20).map((x, i) => (isAbsent[i] === 1 ? NaN : x));
  const [one] = await recognise(bars, columnsOf(new Map([['a', values]])), { step: MINUTE, isAbsent });
  assert.deepEqual([one.made?.expression, one.made?.agreement.start], ['sma(close, 20)', 0]);
});

test('rows that are not in the table speak for nothing, and are not counted', async () => {
  const random = mulberry32(9);
  const isAbsent = Uint8Array.from({ length: ROWS }, (_, i) => Number(i % 60 !== 0));
  const present = (of: (i: number) => number): Series => each((i) => (isAbsent[i] === 1 ? NaN : of(i)));
  let walk = 0;
  const columns = new Map([
    ['rsi_14', present(() => 100 * random())],
    ['sma_20', present(() => (walk += random() - 0.5))],
    ['true_ema', present((i) => ema(c, 12)[i])],
    ['seeded', present((i) => seeded(c, 50, 2 / 51)[i])],
  ]);
  const told = await recognise(bars, columnsOf(columns), { step: NaN, isAbsent });
  assert.deepEqual(
    told.map(({ name, made }) => [name, made?.expression, made?.agreement.start, made?.agreement.rows]),
    [
      ['rsi_14', undefined, undefined, undefined],
      ['sma_20', undefined, undefined, undefined],
      ['true_ema', 'ewm_mean(close, 12)', 0, 67],
      ['seeded', 'ema(close, 50)', 0, 67],
    ],
  );
});
