/** How much history bars are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { certificateLines, levelOf, readyLines, type Level } from '../harness/certificate.ts';
import { certifyClocks, rowOf, typicalSpan } from './history.ts';

const HOUR = 3_600_000_000;

test('the median of what so many bars took, or what they would take; nothing to go by without two bars', () => {
  const at = [0, 1, 2, 3, 13, 14];
  assert.equal(typicalSpan(at, 1), 1);
  assert.equal(typicalSpan(at, 2), 6.5, 'the middle of 2, 2, 11, 11');
  assert.equal(typicalSpan(at, 5), 14);
  assert.equal(typicalSpan(at, 10), 28);
  assert.equal(typicalSpan([5], 1), null);
  assert.equal(typicalSpan([], 1), null);
});

const plan = createPlan(
  parseConfig({
    clocks: {
      short: { bars: 'tick', threshold: 5 },
      long: { from: 'short', count: 10 },
      volume: { from: 'short', volume: 10 },
      day: { bars: 'time', every: '1d' },
    },
    features: { short: ['sma(close, 4)'], long: ['close'], volume: ['close'], day: ['sma(close, 6)'] },
  }),
);
/** A short bar of five trades every half hour, and nothing else yet. */
const some = [0, 1, 2, 3, 4, 5];
const none = { trades: [], times: [] };
const closes = [{ trades: some.map((i) => 5 * (i + 1)), times: some.map((i) => (i * HOUR) / 2) }, none, none, none];

test('a clock without bars yet: by the bars it is made of, or by its interval, or not at all', () => {
  const clocks = certifyClocks(plan, closes);
  assert.deepEqual(clocks, [
    { clock: 'short', bars: 4, trades: 20, hours: 2 },
    { clock: 'long', bars: 1, trades: 50, hours: 5 },
    { clock: 'volume', bars: 1, trades: null, hours: null },
    { clock: 'day', bars: 7, trades: 1680, hours: 168 },
  ]);
  assert.equal(rowOf(clocks), null, 'a clock of which nothing is known could be the slowest');
  assert.deepEqual(rowOf([...clocks.slice(0, 2), clocks[3]]), { clock: 'day', trades: 1680, hours: 168 });
});

test('in a few lines: clocks, the row, the slowest features, and what is missing', () => {
  const within = (rows: number | null): Record<Level, number | null> => {
    return { '1e-3': rows, '1e-6': rows, '1e-9': rows, '1e-12': rows };
  };
  const unseen = { tolerance: 1e-9, ignored: [], worst: null, beyond: 0, unmeasured: ['day'] };
  const clocks = certifyClocks(plan, closes);
  const lines = certificateLines({
    clocks,
    row: { clock: 'day', trades: 1680, hours: 168 },
    ready: unseen,
    features: [
      { clock: 'short', feature: 'a', declared: 'finite(4)', exactAfter: 4, within: within(4), atReady: null },
      { clock: 'day', feature: 'b', declared: 'fading(90)', exactAfter: null, within: within(60), atReady: null },
      { clock: 'day', feature: 'c', declared: 'fading(90)', exactAfter: null, within: within(null), atReady: null },
      { clock: 'day', feature: 'd', declared: 'unbounded', exactAfter: null, within: within(null), atReady: null },
    ],
    curves: [],
  });
  assert.deepEqual(lines, [
    'short: 4 bars, about 20 trades, 2.0 h',
    'long: 1 bars, about 50 trades, 5.0 h',
    'volume: 1 bars',
    'day: 7 bars, about 1,680 trades, 7.0 days',
    'whole row: 7.0 days, with clock day',
    'ready to 1e-9: not measured',
    'too few bars to see day ready',
    'day b: fading(90), within 1e-9 after 60 bars',
    'short a: finite(4), within 1e-9 after 4 bars',
    '1 features were not seen to settle: too few bars',
    '1 features depend on the start for ever',
  ]);
});

test('what a ready row lets in: the worst feature, what was not waited for, and how many are off by more', () => {
  const ready = { tolerance: 1e-3, ignored: ['ema_200_day'], beyond: 2, unmeasured: [] };
  const worst = { clock: 'day', feature: 'ema_200', difference: 0.01234 };
  assert.deepEqual(readyLines({ ...ready, worst }), [
    'ready to 0.001, without waiting for ema_200_day: from then on day ema_200 differs most, by 0.012 of its largest value; 2 features by more than 0.001',
  ]);
  const exact = { ...ready, ignored: [], beyond: 0, worst: { ...worst, difference: 0 } };
  assert.deepEqual(readyLines(exact), ['ready to 0.001: from then on nothing differs']);
  assert.deepEqual([1e-2, 1e-3, 5e-4, 1e-9, 1e-15].map(levelOf), ['1e-3', '1e-3', '1e-6', '1e-9', '1e-12']);
});
