import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeWindow, encodeWindow, lineColumn, type WindowRequest } from '#view';
import { rowsByBar, type ViewedClock } from './clock.ts';
import { lineOf } from './lines.ts';
import { foldable } from './ranges.ts';
import type { ViewedRun } from './viewed-run.ts';
import { windowOf } from './window.ts';

const random = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;

/** A run in memory: bar i brought row i, every hundredth row has no value, the first 30 are not ready. */
function madeRun(bars: number, more: Partial<ViewedRun> = {}): ViewedRun {
  const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length: bars }, (_, i) => of(i));
  const open = column((i) => 100 + random(i));
  const close = column((i) => 100 + random(i + 1));
  const time = column((i) => 1e15 + 1e6 * Math.floor(i / 2));
  const clock: ViewedClock = {
    name: 'short',
    bars,
    openTime: column((i) => time[i] - 5e5),
    time,
    open,
    close,
    high: foldable(
      column((i) => Math.max(open[i], close[i]) + 1),
      'max',
    ),
    low: foldable(
      column((i) => Math.min(open[i], close[i]) - 1),
      'min',
    ),
    volume: foldable(column(random), 'sum'),
    rowsBy: rowsByBar(time, { time, drive: true }),
  };
  const feature = lineOf(column((i) => (i % 100 === 0 ? NaN : random(3 * i))));
  return {
    ready: foldable(
      column((i) => Number(i >= 30)),
      'sum',
    ),
    complete: undefined,
    folds: [],
    clock: () => Promise.resolve(clock),
    feature: () => Promise.resolve(feature),
    ...more,
  } as Partial<ViewedRun> as ViewedRun;
}

const ask = (from: number, to: number, size: number): WindowRequest => {
  return { clock: 'short', from, to, size, features: [4], fold: 0 };
};

test('buckets of any size are made of their bars and rows', async () => {
  const run = madeRun(1000);
  const { time, open, close, high, low, volume } = await run.clock('short');
  const { values } = await run.feature(4);
  for (const size of [1, 2, 16, 256, 1024]) {
    const { columns, to } = await windowOf(run, ask(0, 2048, size));
    assert.equal(to, 1000);
    for (let k = 0; k < columns['time'].length; k++) {
      const [a, b] = [k * size, Math.min(1000, (k + 1) * size)];
      const of = (name: string): number => columns[name][k];
      assert.deepEqual([of('open'), of('close'), of('time')], [open[a], close[b - 1], time[b - 1]]);
      assert.equal(of('high'), Math.max(...high.values.subarray(a, b)));
      assert.equal(of('low'), Math.min(...low.values.subarray(a, b)));
      const sum = volume.values.subarray(a, b).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(of('volume') - sum) < 1e-9);
      const known = [...values.subarray(a, b)].filter((value) => !Number.isNaN(value));
      assert.equal(of(lineColumn(4, 'max')), known.length === 0 ? NaN : Math.max(...known));
      assert.equal(of(lineColumn(4, 'last')), values[b - 1]);
      const ready = Math.max(0, b - Math.max(a, 30)) / (b - a);
      assert.ok(Math.abs(of('ready') - ready) < 1e-12 && of('complete') === 1);
    }
  }
});

test('a window at either edge, beyond the end, and of nothing', async () => {
  const run = madeRun(10);
  const lengths = async (from: number, to: number, size: number): Promise<number> =>
    (await windowOf(run, ask(from, to, size))).columns['open'].length;
  assert.deepEqual(
    [await lengths(0, 1, 1), await lengths(9, 30, 1), await lengths(8, 30, 4), await lengths(16, 30, 4)],
    [1, 1, 1, 0],
  );
  const empty = await windowOf(madeRun(0), ask(0, 10, 1));
  assert.deepEqual([empty.from, empty.to, empty.columns['time'].length], [0, 0, 0]);
});

test('labels are counted in buckets, and stand one by one at single bars', async () => {
  const barrier = Int8Array.of(0, 1, 2, 3, 1, 0);
  const flags = (code: number): Float64Array => Float64Array.from(barrier, (found) => Number(found === code));
  const time = Float64Array.from({ length: 6 }, (_, i) => 1e15 + 1e6 * Math.floor(i / 2));
  const labels = {
    barrier,
    labelTime: Float64Array.of(NaN, time[2], time[4], time[5] + 9, time[5], NaN),
    entry: Float64Array.of(NaN, 10, 20, 30, 40, NaN),
    price: Float64Array.of(NaN, 11, 19, 30.5, 41, NaN),
    reached: [1, 2, 3].map((code) => foldable(flags(code), 'sum')),
  } as Partial<NonNullable<ViewedRun['labels']>> as NonNullable<ViewedRun['labels']>;
  const run = madeRun(6, { labels, folds: [Int8Array.of(0, 1, 1, 2, 3, 4)] });
  const whole = await windowOf(run, ask(0, 6, 4));
  assert.deepEqual(
    ['target', 'stop', 'limit', 'split'].map((name) => [...whole.columns[name]]),
    [
      [1, 1],
      [1, 0],
      [1, 0],
      [2, 4],
    ],
  );
  assert.equal(whole.columns['mark_at'], undefined);
  const single = await windowOf(run, ask(2, 5, 1));
  // Bars 4 and 5 are of one time: what is known then is known with the first; what comes after the last bar lies behind it.
  assert.deepEqual([...single.columns['mark_at']], [2, 3, 4]);
  assert.deepEqual([...single.columns['mark_until']], [4, 6, 4]);
  assert.deepEqual([...single.columns['mark_price']], [19, 30.5, 41]);
  assert.deepEqual([...single.columns['mark_reached']], [1, 2, 0]);
});

test('rows belong to the bar that they came with, one each on the clock that drives', () => {
  const bars = Float64Array.of(10, 10, 20, 40);
  assert.deepEqual([...rowsByBar(bars, { time: bars, drive: true })], [0, 1, 2, 3, 4]);
  const time = Float64Array.of(5, 10, 20, 30, 40, 50);
  assert.deepEqual([...rowsByBar(bars, { time, drive: false })], [0, 2, 2, 3, 5]);
});

test('a window goes over the wire bit by bit', async () => {
  const window = await windowOf(madeRun(300), ask(0, 300, 2));
  const back = decodeWindow(encodeWindow(window).buffer);
  assert.deepEqual(back, window);
});

test('a window of a million bars is had at once, from near and from far', async () => {
  const run = madeRun(1_000_000);
  const took: number[] = [];
  for (const [from, to, size] of [
    [0, 1_000_000, 1024],
    [0, 1_000_000, 512],
    [262_144, 393_216, 64],
    [500_000, 502_000, 1],
  ]) {
    const before = process.cpuUsage();
    encodeWindow(await windowOf(run, ask(from, to, size)));
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1000);
  }
  // Some 5 ms of processor time each, however busy the machine is with other tests; a pass over all bars takes much longer.
  assert.ok(Math.min(...took) < 50 && Math.max(...took) < 400, took.join(' '));
});
