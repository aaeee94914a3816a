/** Features of rows against plain loops over the rows that they are of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from '../../../../test/collected.ts';
import { blockOf, walk } from '../../../../test/trades.ts';
import type { ConfigInput } from '../config/config.ts';
import { planOf } from '../config/engine.ts';
import { column, feature, ops } from '../features/builder.ts';

const clocks = {
  fast: { bars: 'tick', threshold: 5, suffix: '_f' },
  slow: { bars: 'time', every: '5s', suffix: '_s' },
} as const;
const base = { fast: ['close', 'volume'], slow: ['close', 'ema(close, 3)'] };
const chain = (...rows: NonNullable<ConfigInput['features']>[string][number][]): ConfigInput => ({
  clocks,
  features: { ...base, rows },
});

/** Every row by column name, `ready` and `complete` and `time` among them. */
function rowsOf(config: ConfigInput, count = 4000): Record<string, number>[] {
  const { engine, rows } = start(config);
  engine.push(blockOf(walk(count, 7, 200)));
  const names = ['time', ...engine.columns, 'ready', 'complete'];
  return rows.map((row) => Object.fromEntries(names.map((name, c) => [name, row[c]])));
}

const near = (found: number, expected: number, what: string, scale = Math.abs(expected)): void =>
  assert.ok(
    Number.isNaN(expected) ? Number.isNaN(found) : Math.abs(found - expected) <= 1e-12 * Math.max(scale, 1e-300),
    `${what}: expected ${expected}, found ${found}`,
  );

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const mean = (x: readonly number[]): number => sum(x) / x.length;

/** Sums of squares and products around the means, in two passes. */
function moments(x: readonly number[], y: readonly number[]): { xx: number; yy: number; xy: number } {
  const [mx, my] = [mean(x), mean(y)];
  return {
    xx: sum(x.map((v) => (v - mx) * (v - mx))),
    yy: sum(y.map((v) => (v - my) * (v - my))),
    xy: sum(x.map((v, i) => (v - mx) * (y[i] - my))),
  };
}

const flat = (x: readonly number[]): boolean => x.every((v) => v === x[0]);

function correlation(x: readonly number[], y: readonly number[]): number {
  if ([...x, ...y].some(Number.isNaN)) return NaN;
  const { xx, yy, xy } = moments(x, y);
  return flat(x) || flat(y) ? 0 : xy / Math.sqrt(xx * yy);
}

function slope(y: readonly number[], x: readonly number[]): number {
  if ([...x, ...y].some(Number.isNaN) || flat(x)) return NaN;
  const { xx, xy } = moments(x, y);
  return xy / xx;
}

test('spread and cross are what plain loops over the rows give', () => {
  const windows = [4, 9];
  const of = ['close_f', 'close_s'] as const;
  const rows = rowsOf(chain({ preset: 'spread', of, as: 's', windows }, { preset: 'cross', of, as: 'x', windows }));
  const a = rows.map((row) => row['close_f']);
  const b = rows.map((row) => row['close_s']);
  const returnsOf = (x: readonly number[]): number[] => x.map((v, i) => Math.log(v / x[i - 1]));
  const [ra, rb] = [returnsOf(a), returnsOf(b)];
  const ratio = a.map((v, i) => Math.log(v / b[i]));
  const last = (x: readonly number[], i: number, n: number): number[] =>
    Array.from({ length: n }, (_, k) => x[i - n + 1 + k] ?? NaN);
  let compared = 0;
  rows.forEach((row, i) => {
    near(row['s_basis'], a[i] / b[i] - 1, `row ${i}, basis`, 1);
    near(row['s_log_ratio'], ratio[i], `row ${i}, log ratio`, 1);
    for (const n of windows) {
      const window = last(ratio, i, n);
      const m = mean(window);
      const deviation = Math.sqrt(sum(window.map((v) => (v - m) * (v - m))) / (n - 1));
      near(row[`s_log_ratio_mean_${n}`], m, `row ${i}, mean ${n}`, 1);
      // A distance from a mean has the error of what it is taken from, in units of the deviation.
      if (!flat(window))
        near(row[`s_log_ratio_zscore_${n}`], (ratio[i] - m) / deviation, `row ${i}, z ${n}`, 1 / deviation);
      near(row[`x_corr_${n}`], correlation(last(ra, i, n), last(rb, i, n)), `row ${i}, corr ${n}`, 1);
      const beta = slope(last(ra, i, n), last(rb, i, n));
      near(row[`x_beta_${n}`], beta, `row ${i}, beta ${n}`, Math.max(1, Math.abs(beta)));
      near(row[`x_strength_${n}`], Math.log(a[i] / a[i - n]) - Math.log(b[i] / b[i - n]), `row ${i}, strength ${n}`, 1);
      compared += 6;
    }
    for (const k of [1, 2, 3]) {
      near(row[`x_leads_${k}`], correlation(last(ra, i - k, 9), last(rb, i, 9)), `row ${i}, leads ${k}`, 1);
      near(row[`x_lags_${k}`], correlation(last(ra, i, 9), last(rb, i - k, 9)), `row ${i}, lags ${k}`, 1);
    }
  });
  assert.ok(compared > 9000, `${compared} compared`);
});

test('a foreign column that stands still between its bars has returns of 0, and no beta', () => {
  const rows = rowsOf(
    chain('log_return(close_s) as r', 'regression_slope(log_return(close_f), log_return(close_s), 4) as b'),
  );
  const still = rows.filter((row, i) => i > 0 && row['close_s'] === rows[i - 1]['close_s']);
  assert.ok(still.length > 100 && still.every((row) => row['r'] === 0));
  rows.forEach((row, i) => {
    const window = rows.slice(Math.max(0, i - 3), i + 1).map(({ r }) => r);
    if (window.length === 4 && window.every((r) => r === 0)) assert.ok(Number.isNaN(row['b']), `row ${i}`);
  });
});

test('across time frames of one instrument: a fast close against the slow one that was known', () => {
  for (const row of rowsOf(chain('close_f / close_s - 1 as stretch')))
    assert.ok(Object.is(row['stretch'], row['close_f'] / row['close_s'] - 1));
});

test('the worked example of the documents, by given bars', () => {
  const given = { bars: 'given' } as const;
  const config: ConfigInput = {
    clocks: { f: given, '15min': given },
    features: {
      f: ['close'],
      '15min': ['close'],
      rows: ['close_f / close_15min - 1 as stretch', 'rolling_zscore(log(close_f / close_15min), 3) as z'],
    },
  };
  const { engine, rows } = start(config);
  const push = (clock: string, minute: number, close: number): void => {
    const at = 1_710_000_000_000_000 + minute * 60_000_000;
    const price = { open: close, high: close, low: close, close, volume: 1 };
    engine.pushBar({ open_time: at, close_time: at + 1, ...price }, { clock });
  };
  push('15min', 0, 60_000);
  [60_060, 60_120, 60_000].forEach((close, i) => push('f', 1 + i, close));
  push('15min', 5, 60_120);
  push('f', 6, 60_090);
  const [stretch, z] = ['stretch', 'z'].map((name) => 1 + engine.columns.indexOf(name));
  const rounded = (digits: number, at: number): number[] => rows.map((row) => Number(row[at].toFixed(digits)));
  assert.deepEqual(rounded(8, stretch), [0.001, 0.002, 0, -0.000_499]);
  assert.deepEqual(rounded(4, z), [NaN, NaN, -1.0002, -0.7558]);
});

test('the time of the row, and how old a clock is, are columns too', () => {
  const rows = rowsOf(chain('time as t', 'time - lag(time, 1) as step', 'age_s > 2 as stale'));
  rows.forEach((row, i) => {
    assert.equal(row['t'], row['time']);
    assert.equal(row['step'], i === 0 ? NaN : row['time'] - rows[i - 1]['time']);
    assert.equal(row['stale'], Number.isNaN(row['age_s']) ? NaN : Number(row['age_s'] > 2));
  });
});

test('a row is ready when its clocks have been for as many rows as its features remember', () => {
  const clocksAlone = rowsOf({ clocks, features: base });
  const with8 = rowsOf(chain('sma(close_f, 8)'));
  const first = clocksAlone.findIndex(({ ready }) => ready === 1);
  assert.ok(first > 10);
  with8.forEach((row, i) => assert.equal(row['ready'], Number(i >= first + 7), `row ${i}`));
});

test('rows before a hole do not count towards a complete one, though no row itself reaches over it', () => {
  const config: ConfigInput = {
    clocks: { fast: clocks.fast },
    features: { fast: ['close'], rows: ['sma(close_f, 4)'] },
  };
  const trades = walk(60, 5);
  const { engine, rows } = start(config);
  engine.push(blockOf(trades.slice(0, 20)));
  // Between two bars: the next one opens behind it.
  engine.hole({ from: trades[19].time, to: trades[19].time });
  const later = trades.slice(20).map((trade) => ({ ...trade, time: trade.time + 1 }));
  engine.push(blockOf(later));
  assert.deepEqual(
    rows.map((row) => row.at(-1)),
    [1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1],
  );
});

test('no features of rows, no difference: schema, bits and state', () => {
  const [without, empty] = [start({ clocks, features: base }), start(chain())];
  for (const { engine } of [without, empty]) engine.push(blockOf(walk(500, 1)));
  assert.equal(empty.engine.schema.id, without.engine.schema.id);
  assert.deepEqual(empty.rows, without.rows);
  assert.equal(Buffer.compare(empty.engine.snapshot(), without.engine.snapshot()), 0);
  assert.equal(empty.engine.plan.rows, undefined);
});

test('only what a feature reads is kept of a row', () => {
  const { rows } = planOf(chain('close_s - lag(close_s, 1) as d', 'time as t'));
  assert.deepEqual(rows?.reads, [-1, 3]);
  assert.deepEqual(
    rows?.graph.columns.slice(0, 2).map(({ text }) => text),
    ['time', 'close_s'],
  );
});

test('what a row needs is in the plan and in the schema', () => {
  const plan = planOf({
    ...chain('sma(close_f, 30)', 'sma(ema_3_s, 5)', 'obv(close_f, volume_f) as obv', 'sma(close_f, 99)'),
    ready: { ignore: ['sma_99'] },
  });
  assert.deepEqual(plan.rows?.warmup, { rows: 30, because: 'sma_30', unbounded: ['obv'], ignored: ['sma_99'] });
  assert.ok(plan.schema.lines.includes('and rows of these: 30'));
  assert.ok(plan.schema.lines.includes('ready: tolerance 1e-9, ignore sma_99'));
  assert.ok(plan.schema.lines.includes('column sma_30 float64 = rows: sma(close_f, 30)'));
});

test('what never forgets makes what is computed of it unbounded, what fades makes it fade', () => {
  const features = {
    fast: ['obv(close, volume) as obv'],
    slow: ['ema(close, 3)'],
    rows: ['sma(obv_f, 3) as a', 'sma(ema_3_s, 3) as b'],
  };
  const { rows } = planOf({ clocks, features });
  const memories = rows?.graph.features.map(({ column: c }) => rows.graph.columns[c].memory);
  assert.deepEqual(memories, [{ class: 'unbounded' }, { class: 'fading', rows: 3, tolerance: 1e-9 }]);
});

test('names that cannot be are refused', () => {
  assert.throws(() => planOf({ clocks: { rows: clocks.fast } }), /clocks.rows: expected a clock of another name/);
  assert.throws(
    () => planOf(chain('close as x')),
    /expected a column of the row, with its suffix, or time, found 'close'/,
  );
  assert.throws(() => planOf(chain('close_x as x')), /did you mean 'close_[fs]'/);
  assert.throws(() => planOf(chain('close_f * 2 as close_s')), /'close_s' twice/);
  assert.throws(
    () => planOf(chain('close_f * 2 as ready')),
    /features.rows: expected a name other than time, symbol, ready/,
  );
  assert.throws(() => planOf(chain({ preset: 'spread' })), /of: \[a, b\] and as: name/);
  assert.throws(() => planOf(chain({ preset: 'spred' })), /did you mean 'spread'/);
  assert.throws(
    () => planOf({ ...chain('sma(close_f, 3)'), ready: { ignore: ['sma_4'] } }),
    /ready.ignore.*did you mean 'sma_3'/,
  );
});

test('groups take expressions, stand under clocks too, and refuse what is not theirs', () => {
  const of = ['close_f * 0.001', 'close_s'] as const;
  const { meanings } = planOf(chain({ preset: 'spread', of, as: 's' }));
  assert.ok(meanings.includes('rows: sub(div(mul(close_f, constant(0.001)), close_s), constant(1))'));
  planOf({ clocks, features: { fast: [{ preset: 'cross', of: ['high', 'low'], as: 'hl', lags: 0, windows: [3] }] } });
  assert.throws(() => planOf(chain({ preset: 'cross', of: ['close_f'], as: 's' } as never)), /of/);
  assert.throws(() => planOf(chain({ preset: 'cross', of, as: 's', windows: [1] })), /windows/);
  assert.throws(() => planOf(chain({ preset: 'lags', of })), /nothing beside preset: lags.*'of'/);
});

test('built in TypeScript, they are the same', () => {
  const built = chain(
    feature(ops.sub(ops.div(column('close_f'), column('close_s')), 1), 'basis'),
    feature(ops.rsi(column('close_f'), 14)),
  );
  const { id } = planOf(built).schema;
  assert.equal(id, planOf(chain('close_f / close_s - 1 as basis', 'rsi(close_f, 14)')).schema.id);
});
