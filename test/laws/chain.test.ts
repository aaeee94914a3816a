/** The laws over the whole chain: clocks of every kind at once, rows aligned, however the events come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { COLUMN } from '../../packages/core/src/bars/bar.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import { createEngine, restoreEngine } from '../../packages/core/src/config/engine.ts';
import type { RowBlock } from '../../packages/core/src/rows/align.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { assertSameRows, blockOf, tradesArbitrary, walk } from '../trades.ts';

const RUNS = { numRuns: 40, seed: 4242 };

const features = ['open', 'close', 'volume', 'ofi', 'sma(close, 3)', 'ema(volume, 4) as vema', 'tick_price_skewness'];
/** Of the joined row: of every memory, of a clock that is older than the row, of its time. */
const rowFeatures = [
  'close_short / close_10s - 1 as basis',
  'ema(volume_short, 3) as activity',
  'obv(close_10s, volume_volume) as flow',
  'time - lag(time, 2) as pace',
  'age_4hour > 60 as stale',
  { preset: 'cross', of: ['close_short', 'close_medium'], as: 'x', windows: [3, 5], lags: 1 },
  { preset: 'spread', of: ['close_ofDaily', 'vema_10s'], as: 's', windows: [4] },
] as const;
const config: ConfigInput = {
  clocks: {
    short: { bars: 'tick', threshold: 5 },
    medium: { from: 'short', count: 3 },
    daily: { bars: 'dollar', threshold: 150_000, anchor: 'day', overshoot: 'carry' },
    ofDaily: { from: 'daily', dollarVolume: 400_000 },
    volume: { bars: 'volume', threshold: 4 },
    '10s': { bars: 'time', every: '10s' },
    '4hour': { bars: 'time', every: '4hour', empty: 'skip' },
  },
  features: {
    ...Object.fromEntries(['short', 'medium', 'daily', 'ofDaily', 'volume', '10s', '4hour'].map((c) => [c, features])),
    rows: rowFeatures,
  },
};

interface Run {
  readonly engine: Engine;
  readonly rows: number[][];
  readonly bars: number[][];
}

function start(settings: ConfigInput = config, bytes?: Uint8Array): Run {
  const rows: number[][] = [];
  const bars: number[][] = [];
  const sinks = {
    onRows: (block: RowBlock) => {
      for (let r = 0; r < block.count; r++) {
        const values = block.values.subarray(r * block.width, (r + 1) * block.width);
        rows.push([block.time[r], ...values, block.ready[r], block.complete[r]]);
      }
    },
    onBars: ({ clock, data, from, to }: { clock: string; data: readonly Float64Array[]; from: number; to: number }) => {
      for (let i = from; i < to; i++) bars.push([clock.length, ...data.map((column) => column[i])]);
    },
  };
  return { engine: bytes ? restoreEngine(settings, bytes, sinks) : createEngine(settings, sinks), rows, bars };
}

function whole(trades: readonly Trade[], settings: ConfigInput = config): Run {
  const run = start(settings);
  run.engine.push(blockOf(trades));
  return run;
}

for (const drive of ['short', '10s', 'ofDaily'] as const) {
  test(`L1, L2: any cuts and restores give the same rows and the same state, driven by ${drive}`, () => {
    const settings = { ...config, drive };
    fc.assert(
      fc.property(tradesArbitrary(300), fc.integer(), (trades, seed) => {
        const random = mulberry32(seed);
        const expected = whole(trades, settings);
        let found = start(settings);
        const rows: number[][] = [];
        for (let i = 0; i < trades.length;) {
          const to = Math.min(trades.length, i + 1 + Math.floor(random() * 12));
          if (to - i === 1) found.engine.push(trades[i]);
          else found.engine.push(blockOf(trades.slice(i, to)));
          i = to;
          if (random() < 0.2) {
            rows.push(...found.rows);
            found = start(settings, found.engine.snapshot());
          }
        }
        assertSameRows([...rows, ...found.rows], expected.rows);
        assert.equal(Buffer.compare(found.engine.snapshot(), expected.engine.snapshot()), 0, 'states differ');
      }),
      RUNS,
    );
  });
}

test('a watermark changes when a value becomes known, never the value', () => {
  fc.assert(
    fc.property(tradesArbitrary(200), fc.integer(), (trades, seed) => {
      const random = mulberry32(seed);
      const expected = whole(trades);
      const found = start();
      for (let i = 0; i < trades.length; i++) {
        found.engine.push(trades[i]);
        const next = trades[i + 1]?.time ?? trades[i].time;
        if (random() < 0.5) found.engine.advance(trades[i].time + Math.floor(random() * (next - trades[i].time)));
      }
      assertSameRows(found.rows, expected.rows);
    }),
    RUNS,
  );
});

test('L3: what comes after a trade changes no row that was emitted with it, in the same block too', () => {
  fc.assert(
    fc.property(tradesArbitrary(300), fc.nat(), (trades, pick) => {
      const cut = 1 + (pick % trades.length);
      const before = whole(trades.slice(0, cut)).rows;
      const other = trades.map((t, i) =>
        i < cut ? t : { ...t, price: t.price * 3, quantity: t.quantity + 7, time: t.time + (i - cut) * 999 },
      );
      assertSameRows(whole(other).rows.slice(0, before.length), before);
    }),
    RUNS,
  );
});

test('rows are the newest bars that were available, by a plain search', () => {
  const settings: ConfigInput = { ...config, features: {} };
  fc.assert(
    fc.property(tradesArbitrary(250), fc.constantFrom('short', '10s', 'volume'), (trades, drive) => {
      const names = Object.keys(config.clocks);
      const bars: Record<string, Record<string, number>[]> = Object.fromEntries(names.map((name) => [name, []]));
      const rows: number[][] = [];
      const engine = createEngine(
        { ...settings, drive },
        {
          onRows: ({ count, width, time, values }) => {
            for (let r = 0; r < count; r++) rows.push([time[r], ...values.subarray(r * width, (r + 1) * width)]);
          },
          onBars: ({ clock, data, from, to }) => {
            for (let i = from; i < to; i++) {
              bars[clock].push(Object.fromEntries(Object.entries(COLUMN).map(([name, c]) => [name, data[c][i]])));
            }
          },
        },
      );
      engine.push(blockOf(trades));
      assert.equal(rows.length, bars[drive].length);
      bars[drive].forEach((driver, r) => {
        const visible = Object.fromEntries(
          names.map((name) => [
            name,
            bars[name].findLast((b) => b['available_at'] <= driver['available_at'] && b['event'] <= driver['event']),
          ]),
        );
        engine.plan.clocks.forEach(({ name, suffix }) => {
          const bar = visible[name];
          const at = (column: string): number => rows[r][1 + engine.columns.indexOf(column + suffix)];
          assert.equal(at('close'), bar?.['close'] ?? NaN);
          assert.equal(at('num_ticks'), bar?.['num_ticks'] ?? NaN);
          assert.equal(at('age'), bar === undefined ? NaN : (driver['available_at'] - bar['available_at']) / 1e6);
        });
      });
    }),
    RUNS,
  );
});

test('a silence of years closes its time bars in bounded steps, with the same bits', () => {
  const trades = walk(50, 1).map((t, i) => (i < 25 ? t : { ...t, time: t.time + 400 * 86_400_000_000 }));
  const settings: ConfigInput = { clocks: { '10min': { bars: 'time', every: '10min' } }, drive: '10min' };
  const [expected, found] = [start(settings), start(settings)];
  assert.throws(() => start(settings).engine.push(blockOf(trades)), /less than 24 hours after the trade before/);
  expected.engine.push(blockOf(trades), { maxSilence: Infinity });
  for (const trade of trades) found.engine.push(trade, { maxSilence: Infinity });
  assert.ok(expected.rows.length > 57_000);
  assertSameRows(found.rows, expected.rows);
  assert.equal(Buffer.compare(found.engine.snapshot(), expected.engine.snapshot()), 0, 'states differ');
});

test('a silence of decades rests after 2^20 flat bars of a clock, however it is cut, and costs seconds at most', () => {
  const micros = 28 * 365 * 86_400_000_000;
  const trades = walk(50, 1).map((t, i) => (i < 25 ? t : { ...t, time: t.time + micros }));
  const clocks = {
    '1s': { bars: 'time', every: '1s' },
    '1min': { bars: 'time', every: '1min' },
    '5s': { from: '1s', every: '5s' },
    skipping: { bars: 'time', every: '1s', empty: 'skip' },
  } as const;
  const settings: ConfigInput = { clocks, drive: '1min', features: { '1s': ['close'], '1min': ['close'] } };
  const run = (push: (engine: Engine) => void): Engine => {
    const engine = createEngine(settings);
    push(engine);
    return engine;
  };
  const before = process.cpuUsage();
  const expected = run((engine) => engine.push(blockOf(trades), { maxSilence: Infinity }));
  assert.ok(process.cpuUsage(before).user < 20e6);
  const { bars } = expected.counts();
  for (const name of ['1s', '1min', '5s']) assert.ok(bars[name] >= 2 ** 20 && bars[name] < 2 ** 20 + 2 ** 18, name);
  assert.ok(bars['skipping'] < 60);
  const found = run((engine) => {
    for (const trade of trades.slice(0, 25)) engine.push(trade);
    for (let part = 1; part < 7; part++)
      engine.advance(trades[24].time + part * (micros / 8), { maxSilence: Infinity });
    for (const trade of trades.slice(25)) engine.push(trade, { maxSilence: Infinity });
  });
  assert.equal(Buffer.compare(found.snapshot(), expected.snapshot()), 0, 'states differ');
});

test('adding a clock changes no bit of another clock', () => {
  const trades = walk(3000, 2);
  const alone: ConfigInput = { clocks: { short: config.clocks.short }, features: { short: features } };
  const width = features.length;
  const few = whole(trades, alone).rows.map((row) => row.slice(0, 1 + width));
  const many = whole(trades).rows.map((row) => row.slice(0, 1 + width));
  assertSameRows(many, few);
});

test('bars handed in give the features of bars made from the same trades', () => {
  const priceFeatures = ['close', 'volume', 'sma(close, 3)', 'ema(close, 4)'];
  const fromTrades = start({
    clocks: { short: { bars: 'tick', threshold: 5, suffix: '_s' } },
    features: { short: priceFeatures },
  });
  const given = start({ clocks: { short: { bars: 'given', suffix: '_s' } }, features: { short: priceFeatures } });
  fromTrades.engine.push(blockOf(walk(2000, 4)));
  for (const bar of fromTrades.bars) {
    const at = (name: keyof typeof COLUMN): number => bar[1 + COLUMN[name]];
    const [open_time, close_time, open, high, low, close, volume] = (
      ['open_time', 'close_time', 'open', 'high', 'low', 'close', 'volume'] as const
    ).map(at);
    given.engine.pushBar({ open_time, close_time, open, high, low, close, volume });
  }
  assert.equal(given.rows.length, 400);
  assertSameRows(given.rows, fromTrades.rows);
});

test('engines in one process do not touch each other', () => {
  const trades = walk(2000, 6);
  const others = walk(2000, 8);
  const expected = whole(trades).rows;
  const a = start();
  const b = start();
  trades.forEach((trade, i) => {
    a.engine.push(trade);
    b.engine.push(others[i]);
  });
  assertSameRows(a.rows, expected);
  assertSameRows(b.rows, whole(others).rows);
});

test('a snapshot may stand anywhere in a Buffer', () => {
  const trades = walk(500, 3);
  const { engine } = whole(trades.slice(0, 250));
  const padded = Buffer.concat([Buffer.from('odd'), engine.snapshot(), Buffer.from('tail')]);
  const again = start(config, padded.subarray(3, padded.length - 4));
  again.engine.push(blockOf(trades.slice(250)));
  assert.equal(Buffer.compare(again.engine.snapshot(), whole(trades).engine.snapshot()), 0, 'states differ');
});

test('a snapshot of another schema is refused with the first difference, a damaged one as damaged', () => {
  const { engine } = whole(walk(100, 1));
  const bytes = engine.snapshot();
  const other = {
    ...config,
    features: { ...config.features, short: ['open', 'close', 'volume', 'ofi', 'sma(close, 4)'] },
  };
  assert.throws(() => restoreEngine(other, bytes), /sma\(close, 4\).*sma\(close, 3\)/s);
  bytes[bytes.length - 9] ^= 1;
  assert.throws(() => restoreEngine(config, bytes), /damaged/);
  assert.throws(() => restoreEngine(config, bytes.subarray(0, 900)), /cut/);
  assert.throws(() => restoreEngine(config, new Uint8Array(10)), /Minotaur snapshot/);
});
