/** Every bar kind against its plain definition, and against the laws, however the trades come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BAR_COLUMNS, COLUMN } from '../../packages/core/src/bars/bar.ts';
import { kinds } from '../../packages/core/src/bars/kinds.gen.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { naiveBar, naiveExpected, naiveIntervals, naiveThreshold, type NaiveBar } from '../naive-bars.ts';
import { blockOf, tradesArbitrary, walk } from '../trades.ts';

const RUNS = { numRuns: 60, seed: 20240310 };

interface Collected {
  readonly engine: Engine;
  readonly bars: Record<string, NaiveBar[]>;
}

function collect(clocks: ConfigInput['clocks']): Collected {
  const bars: Record<string, NaiveBar[]> = Object.fromEntries(Object.keys(clocks).map((name) => [name, []]));
  const engine = createEngine(
    { clocks },
    {
      onBars: ({ clock, data, from, to }) => {
        for (let i = from; i < to; i++)
          bars[clock].push(Object.fromEntries(BAR_COLUMNS.map((name, c) => [name, data[c][i]])));
      },
    },
  );
  return { engine, bars };
}

/** Counts, sums, prices and times are exact; moments are good to 1e-9 of the scale of their kind. */
const MOMENTS = new Set([
  'intra_bar_tick_price_volatility',
  'tick_price_skewness',
  'tick_price_kurtosis',
  'volume_skew',
  'volume_kurtosis',
]);

function assertBars(found: readonly NaiveBar[], expected: readonly NaiveBar[], tolerance = 1e-9): void {
  assert.equal(found.length, expected.length, 'number of bars');
  expected.forEach((bar, i) => {
    for (const [name, value] of Object.entries(bar)) {
      const got = found[i][name];
      const near = MOMENTS.has(name) && Math.abs(got - value) <= tolerance * Math.max(1, Math.abs(value));
      const equal = Object.is(got + 0, value + 0) || near;
      assert.ok(equal, `bar ${i}, ${name}: expected ${value}, found ${got}`);
    }
  });
}

const thresholds: Record<string, number> = { dollar: 200_000, volume: 5, tick: 7 };

for (const kind of Object.values(kinds)) {
  if (kind.closes !== 'with') continue;
  for (const overshoot of ['reset', 'carry'] as const) {
    for (const anchor of ['none', 'day'] as const) {
      test(`${kind.name} bars, overshoot ${overshoot}, anchor ${anchor}: as defined`, () => {
        const threshold = thresholds[kind.name];
        fc.assert(
          fc.property(tradesArbitrary(400), (trades) => {
            const { engine, bars } = collect({ it: { bars: kind.name, threshold, overshoot, anchor } });
            engine.push(blockOf(trades));
            const options = { carry: overshoot === 'carry', anchorDay: anchor === 'day' };
            assertBars(bars['it'], naiveThreshold(trades, kind.name, threshold, options).bars);
          }),
          RUNS,
        );
      });
    }
  }
}

/** Bounds far apart, so that expectations decide, and near, so that the bounds do. */
const expectations = [
  { expectedTicks: 5, ticksWindow: 3, imbalanceWindow: 20, minTicks: 1, maxTicks: 60 },
  { expectedTicks: 12, ticksWindow: 6, imbalanceWindow: 40, minTicks: 9, maxTicks: 14 },
];

for (const kind of Object.values(kinds)) {
  if (kind.closes !== 'beyond expectation') continue;
  for (const settings of expectations) {
    for (const anchor of ['none', 'day'] as const) {
      test(`${kind.name} bars, minTicks ${settings.minTicks}, anchor ${anchor}: as defined`, () => {
        const check = (list: readonly Trade[]): number => {
          // Every tenth trade has no side.
          const trades = list.map((t, i) => (i % 10 === 3 ? unsided(t) : t));
          const { engine, bars } = collect({ it: { bars: kind.name, ...settings, anchor } });
          engine.push(blockOf(trades));
          assertBars(bars['it'], naiveExpected(trades, kind.name, settings, { anchorDay: anchor === 'day' }));
          return new Set(bars['it'].map((bar) => bar['num_ticks'])).size;
        };
        fc.assert(
          fc.property(tradesArbitrary(300), (trades) => void check(trades)),
          RUNS,
        );
        assert.ok(check(walk(2000, 4)) > 4, 'bars of many lengths');
      });
    }
  }
}

function unsided({ time, id, price, quantity }: Trade): Trade {
  return { time, id: id ?? 0, price, quantity };
}

for (const empty of ['carry', 'skip'] as const) {
  test(`time bars, empty ${empty}: as defined`, () => {
    fc.assert(
      fc.property(tradesArbitrary(300), fc.constantFrom('7s', '1min', '4hour'), (trades, every) => {
        const { engine, bars } = collect({ it: { bars: 'time', every, empty } });
        engine.push(blockOf(trades));
        const micros = { '7s': 7e6, '1min': 60e6, '4hour': 14_400e6 }[every];
        assertBars(bars['it'], naiveIntervals(trades, micros, empty === 'carry'));
      }),
      RUNS,
    );
  });
}

test('bars of bars: one pass over the trades of their parts', () => {
  fc.assert(
    fc.property(tradesArbitrary(600), fc.integer({ min: 2, max: 5 }), (trades, count) => {
      const { engine, bars } = collect({
        short: { bars: 'tick', threshold: 7 },
        medium: { from: 'short', count },
        long: { from: 'medium', count: 2 },
      });
      engine.push(blockOf(trades));
      const { groups } = naiveThreshold(trades, 'tick', 7);
      for (const [name, n] of [
        ['medium', count],
        ['long', 2 * count],
      ] as const) {
        const merged: Trade[][] = [];
        for (let i = 0; i + n <= groups.length; i += n) merged.push(groups.slice(i, i + n).flat());
        assertBars(bars[name], merged.map(closedGroup));
      }
    }),
    RUNS,
  );
});

function closedGroup(trades: readonly Trade[]): NaiveBar {
  const close_time = trades[trades.length - 1].time;
  return naiveBar(trades, { open_time: trades[0].time, close_time, available_at: close_time });
}

test('bars of bars by traded value close with the bar that reaches it', () => {
  const trades = walk(5000, 3);
  const { engine, bars } = collect({
    short: { bars: 'dollar', threshold: 50_000 },
    medium: { from: 'short', dollarVolume: 500_000 },
  });
  engine.push(blockOf(trades));
  const { groups } = naiveThreshold(trades, 'dollar', 50_000);
  const merged: Trade[][] = [];
  let open: Trade[] = [];
  for (const group of groups) {
    open = [...open, ...group];
    if (open.reduce((total, t) => total + t.price * t.quantity, 0) < 500_000) continue;
    merged.push(open);
    open = [];
  }
  assert.ok(merged.length > 5);
  assertBars(bars['medium'], merged.map(closedGroup));
});

test('bars of carried time bars keep the flat intervals inside', () => {
  const trades = walk(50, 5, 3);
  const { engine, bars } = collect({ one: { bars: 'time', every: '5s' }, many: { from: 'one', count: 12 } });
  engine.push(blockOf(trades));
  for (const [i, bar] of bars['many'].entries()) {
    const parts = bars['one'].slice(i * 12, i * 12 + 12);
    assert.equal(bar['constituent_bar_count'], 12);
    assert.equal(
      bar['num_ticks'],
      parts.reduce((total, p) => total + p['num_ticks'], 0),
    );
    assert.equal(bar['high'], Math.max(...parts.map((p) => p['high'])));
    assert.equal(bar['open_time'], parts[0]['open_time']);
    assert.equal(bar['close_time'], parts[11]['close_time']);
  }
});

for (const [parts, every] of [
  ['10s', '70s'],
  ['1min', '5min'],
  ['1hour', '4hour'],
] as const) {
  for (const [ofParts, ofWhole] of [
    ['carry', 'carry'],
    ['skip', 'carry'],
    ['skip', 'skip'],
  ] as const) {
    test(`${every} from ${parts}, empty ${ofParts} and ${ofWhole}: the time bars of the trades`, () => {
      fc.assert(
        fc.property(tradesArbitrary(200), fc.nat(200), (trades, cut) => {
          const { engine, bars } = collect({
            direct: { bars: 'time', every, empty: ofWhole },
            parts: { bars: 'time', every: parts, empty: ofParts },
            whole: { from: 'parts', every, empty: ofWhole },
            same: { from: 'whole', every, empty: ofWhole },
          });
          engine.push(blockOf(trades.slice(0, cut)));
          engine.restore(engine.snapshot());
          engine.push(blockOf(trades.slice(cut)));
          // Which event closed it is compared as well: neither is known a trade later than the other. A carried part has a price.
          const expected = bars['direct'].map((bar) => {
            const inside = bars['parts'].filter(({ open_time: a }) => a >= bar['open_time'] && a < bar['close_time']);
            const open = inside.length === 0 ? bar['open'] : inside[0]['open'];
            const high = Math.max(bar['high'], open);
            return { ...bar, open, high, low: Math.min(bar['low'], open), constituent_bar_count: inside.length };
          });
          assertBars(bars['whole'], expected);
          assertBars(
            bars['same'],
            expected.map((bar) => ({ ...bar, constituent_bar_count: 1 })),
          );
        }),
        RUNS,
      );
    });
  }
}

test('a bar whose first price or quantity is an outlier keeps its moments', () => {
  // Power sums over the whole bar, taken from its first value, would lose every digit here.
  const random = walk(100_000, 11);
  const trades = random.map((t, i) => ({ ...t, price: i === 0 ? 1 : t.price, quantity: i === 0 ? 1e6 : t.quantity }));
  const { engine, bars } = collect({ it: { bars: 'tick', threshold: trades.length } });
  engine.push(blockOf(trades));
  const times = { open_time: trades[0].time, close_time: trades[trades.length - 1].time, available_at: 0 };
  const expected = naiveBarOfMany(trades, times);
  for (const name of MOMENTS) {
    const error = Math.abs(bars['it'][0][name] - expected[name]) / Math.abs(expected[name]);
    assert.ok(error < 1e-9, `${name}: relative error ${error}`);
  }
});

/** naiveBar without spreading 100,000 arguments. */
function naiveBarOfMany(
  trades: readonly Trade[],
  times: { open_time: number; close_time: number; available_at: number },
): NaiveBar {
  const max = Math.max;
  const min = Math.min;
  Math.max = (...values: number[]) => values.reduce((a, b) => (a > b ? a : b), -Infinity);
  Math.min = (...values: number[]) => values.reduce((a, b) => (a < b ? a : b), Infinity);
  try {
    return naiveBar(trades, times);
  } finally {
    Math.max = max;
    Math.min = min;
  }
}

test('ten trades of 0.1 reach 1', () => {
  const trades = Array.from({ length: 20 }, (_, i) => ({ time: 1e15 + i, price: 1, quantity: 0.1 }));
  const { engine, bars } = collect({ it: { bars: 'volume', threshold: 1 } });
  engine.push(blockOf(trades));
  assert.deepEqual(
    bars['it'].map((bar) => bar['num_ticks']),
    [10, 10],
  );
});

test('sums add up: bars hold every trade once', () => {
  const trades = walk(30_000, 9);
  const { engine, bars } = collect({
    short: { bars: 'dollar', threshold: 100_000 },
    '1min': { bars: 'time', every: '1min' },
  });
  engine.push(blockOf(trades));
  for (const list of Object.values(bars)) {
    const ticks = list.reduce((total, bar) => total + bar['num_ticks'], 0);
    const volume = trades.slice(0, ticks).reduce((total, t) => total + t.quantity, 0);
    const inBars = list.reduce((total, bar) => total + bar['volume'], 0);
    assert.ok(Math.abs(inBars - volume) < 1e-9 * volume);
  }
  assert.ok(COLUMN.event > 0);
});
