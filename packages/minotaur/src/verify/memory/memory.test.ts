/** The memory check: holds what is declared to the bit, says where it is not, and measures how much history is needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator, type Memory } from 'minotaur-core/internal/features/contract/operator';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { createEngine } from '../../node/engine.ts';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import type { Certificate, FeatureCertificate, ReadyCertificate } from '../harness/certificate.ts';
import type { CheckContext, CheckResult } from '../harness/check.ts';
import { tradeStretch } from '../harness/stretch.ts';
import { market } from '../self-test/market.ts';
import { memory } from './memory.ts';
import type { Divergence } from '../harness/divergence.ts';
import { rejoin } from '../faults/rejoin.ts';

const EACH = 2500;

async function check(config: ConfigInput, trades = 20_000, sides?: CheckContext['sides']): Promise<CheckResult> {
  const block = market(trades, 8);
  return memory.run({
    plan: planOf(config),
    configSource: { kind: 'value', value: config },
    seed: 3,
    async *open() {
      for (let i = 0; i < trades; i += EACH) yield tradeStretch(sliceTrades(block, i, Math.min(trades, i + EACH)));
    },
    ...(sides === undefined ? {} : { sides }),
  });
}

const clocks: ConfigInput['clocks'] = {
  short: { bars: 'dollar', threshold: 60_000 },
  medium: { from: 'short', count: 4 },
  '10s': { bars: 'time', every: '10s' },
};
const features: ConfigInput['features'] = {
  short: ['close', 'sma(close, 20)', 'ema(close, 9)', 'obv(close, volume) as obv', 'rolling_skew(volume, 7)'],
  medium: ['vwap', 'lag(close, 3)'],
  '10s': ['volume', 'rsi(close, 5)'],
};

function featureOf({ certificate }: CheckResult, clock: string, name: string): FeatureCertificate {
  const found = certificate?.features.find((one) => one.clock === clock && one.feature === name);
  assert.ok(found, `${clock} ${name}`);
  return found;
}

test('a sound chain holds, and the certificate says after how many bars', async () => {
  const outcome = await check({ clocks, features });
  assert.deepEqual(outcome.first, null);
  assert.ok(outcome.holds);
  assert.ok(Number(outcome.compared['readyRows']) > 3000, JSON.stringify(outcome.compared));
  assert.ok(Number(outcome.compared['featureStarts']) > 20);
  assert.equal(outcome.compared['chainStarts'], 3);
  assert.equal(outcome.compared['untested'], 0);
  // What is finite is over at the row: not one earlier, not one later.
  assert.deepEqual(featureOf(outcome, 'short', 'sma_20').exactAfter, 20);
  assert.deepEqual(featureOf(outcome, 'short', 'close').exactAfter, 1);
  assert.deepEqual(featureOf(outcome, 'medium', 'lag_3').exactAfter, 4);
  const { declared, within } = featureOf(outcome, 'short', 'ema_9');
  const rows = Number(/fading\((\d+)\)/.exec(declared)?.[1]);
  const [micro, nano, pico] = [within['1e-6'], within['1e-9'], within['1e-12']].map(Number);
  assert.ok(9 < micro && micro < nano && nano < pico && nano < rows, JSON.stringify(within));
  // (1 - 2 / 10)^k falls by 1000 in 31 rows.
  assert.ok(Math.abs(nano - micro - 31) < 8, `${micro} and ${nano}`);
  const never = featureOf(outcome, 'short', 'obv');
  assert.deepEqual([never.declared, never.exactAfter, never.within['1e-6']], ['unbounded', null, null]);
});

test('the certificate of clocks and of the row is measured on the bars', async () => {
  const { certificate } = await check({ clocks, features });
  const { plan } = createEngine({ clocks, features });
  const measured = certificate as Certificate;
  assert.deepEqual(
    measured.clocks.map(({ clock, bars }) => [clock, bars]),
    plan.clocks.map(({ name, warmup }) => [name, warmup.bars]),
  );
  const interval = measured.clocks[2];
  assert.ok(
    Math.abs((interval.hours ?? 0) - (interval.bars * 10) / 3600) < 1e-9,
    'ten-second bars are ten seconds apart',
  );
  const slowest = Math.max(...measured.clocks.map(({ hours }) => hours ?? NaN));
  assert.equal(measured.row?.hours, slowest);
  assert.ok(measured.clocks.every(({ trades }) => Number(trades) > 0));
});

test('curves fall as the recursion does, and stay where nothing is forgotten', async () => {
  const { certificate } = await check({ clocks, features });
  const curveOf = (name: string): readonly (readonly [number, number])[] =>
    certificate?.curves.find((curve) => curve.clock === 'short' && curve.feature === name)?.points ?? [];
  const fading = curveOf('ema_9');
  assert.ok(fading.length > 20 && fading.every(([row], i) => i === 0 || row > fading[i - 1][0]));
  const at = (row: number): number => fading.findLast(([from]) => from <= row)?.[1] ?? NaN;
  assert.ok(at(10) < 1 && at(10) > 1e-6, `${at(10)} ten rows after the start`);
  assert.ok(at(150) < 1e-12, `${at(150)} 150 rows after it`);
  assert.ok((curveOf('obv').at(-1)?.[1] ?? 0) > 0.01);
  assert.equal(curveOf('sma_20').at(-1)?.[1], 0);
});

/** `x` averaged with factor `alpha` from its first value on, declared as `declared`. */
function average(alpha: number, declared: Memory): ConfigInput {
  const it = operator({
    name: 'it',
    family: 'user',
    version: 1,
    summary: 'Average',
    formula: 'average',
    source: 'test',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => declared,
    nan: 'skip',
    history: () => 0,
    slots: () => 2,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        state[0] = state[1] === 0 ? x[i] : state[0] + alpha * (x[i] - state[0]);
        state[1] = 1;
        out[i] = state[0];
      }
    },
  });
  return { clocks, features: { medium: ['close', 'it(volume) as it'] }, operators: [it] };
}

const fading = (rows: number, tolerance = 1e-9): Memory => ({ class: 'fading', rows, tolerance });

for (const [what, alpha, declared, holds] of [
  ['a recursion that fades as declared', 0.4, fading(60), true],
  ['one that fades half as fast', 0.2, fading(60), false],
  ['one that is declared finite', 0.4, { class: 'finite', rows: 30 }, false],
  ['one that is declared to have no end', 0.2, { class: 'unbounded' }, true],
] as const) {
  test(`${what}: ${holds ? 'holds' : 'is contradicted, and located'}`, async () => {
    const { first, holds: found } = await check(average(alpha, declared));
    assert.equal(found, holds, JSON.stringify(first));
    if (holds) return;
    const { clock, feature, row, expected, found: other, note } = first as Divergence;
    assert.deepEqual([clock, feature], ['medium', 'it']);
    const { rows } = declared as { rows: number };
    assert.ok(row >= rows && expected !== other, JSON.stringify(first));
    assert.match(note ?? '', new RegExp(`declared ${declared.class}\\(${rows}\\): expected .* after ${rows} bars`));
  });
}

test('a row that is marked ready too early is not the row of the full run', async () => {
  const early = rejoin(() => ({ warmup: 8 }))((sinks) => createEngine({ clocks, features }, sinks));
  const sides = { historical: early, live: early };
  const { first } = await check({ clocks, features }, 20_000, sides);
  const { stage, feature, note } = first as Divergence;
  assert.equal(stage, 'rows');
  assert.match(note ?? '', /a row marked ready/);
  assert.match(feature, /_short$|_10s$|_medium$/);
  const same = rejoin(() => ({}))((sinks) => createEngine({ clocks, features }, sinks));
  assert.equal((await check({ clocks, features }, 20_000, { historical: same, live: same })).first, null);
});

test('bars that carry their excess, or expect, are cut otherwise by another start: their features are held to the same', async () => {
  const settings = { expectedTicks: 12, ticksWindow: 10 };
  for (const one of [
    { bars: 'dollar', threshold: 60_000, overshoot: 'carry' },
    { bars: 'tickImbalance', ...settings },
  ] as const) {
    const { holds, first, compared } = await check({ clocks: { one }, features: { one: ['close', 'sma(close, 9)'] } });
    assert.ok(holds, JSON.stringify(first));
    assert.equal(compared['rows'], 0);
    assert.ok(Number(compared['values']) > 1000);
  }
  // But at midnight every bar ends, and the day depends on itself alone.
  const anchored = { bars: 'dollar', threshold: 60_000, overshoot: 'carry', anchor: 'day' } as const;
  const days = await check({ clocks: { one: anchored }, features: { one: ['close', 'sma(close, 9)'] } }, 200_000);
  assert.ok(days.holds && Number(days.compared['readyRows']) > 100, JSON.stringify(days.compared));
});

test('a bar that depends on the start although nothing is carried is found', async () => {
  // Volumes grow with the number of trades since the start.
  const sides = { historical: drifting, live: drifting };
  const { first } = await check({ clocks, features }, 20_000, sides);
  assert.equal((first as Divergence).stage, 'bars');
  assert.match((first as Divergence).note ?? '', /a bar that has to be that of the full run/);
});

function drifting(sinks: Parameters<typeof createEngine>[1]): ReturnType<typeof createEngine> {
  const engine = createEngine({ clocks, features }, sinks);
  const push = engine.push.bind(engine);
  let seen = 0;
  engine.push = (trades) => {
    assert.ok('length' in trades);
    const quantity = trades.quantity.map((size) => size * (1 + seen++ * 1e-9));
    push({ ...trades, quantity, length: trades.length });
  };
  return engine;
}

test('a coarser tolerance and columns not waited for: rows are ready sooner, and what that lets in is measured', async () => {
  const slow: ConfigInput = {
    clocks,
    features: { short: ['close', 'ema(volume, 9)', 'ema(volume, 60)'], '10s': ['close'] },
  };
  const [fine, coarse, hasty] = await Promise.all(
    [{}, { tolerance: 1e-3 }, { tolerance: 1e-3, ignore: ['ema_60_short'] }].map((ready) => check({ ...slow, ready })),
  );
  for (const outcome of [fine, coarse, hasty]) assert.deepEqual(outcome.first, null);
  const readyOf = ({ certificate }: CheckResult): ReadyCertificate => (certificate as Certificate).ready;
  const barsOf = ({ certificate }: CheckResult): number => (certificate as Certificate).clocks[0].bars;
  assert.ok(barsOf(fine) > barsOf(coarse) && barsOf(coarse) > barsOf(hasty), 'sooner and sooner');
  const [usual, loose, open] = [fine, coarse, hasty].map(readyOf);
  assert.ok((usual.worst?.difference ?? 1) <= 1e-9 && usual.beyond === 0);
  assert.ok((loose.worst?.difference ?? 1) <= 1e-3 && (loose.worst?.difference ?? 0) > 1e-9, JSON.stringify(loose));
  assert.equal(loose.beyond, 0);
  assert.deepEqual([open.worst?.clock, open.worst?.feature, open.beyond], ['short', 'ema_60', 1]);
  assert.ok((open.worst?.difference ?? 0) > 1e-3, JSON.stringify(open));
  assert.deepEqual([open.tolerance, open.ignored, open.unmeasured], [1e-3, ['ema_60_short'], []]);
  assert.equal(featureOf(hasty, 'short', 'ema_60').atReady, open.worst?.difference);
});

test('where the span ends before a clock is warm, what is let in is not known', async () => {
  const { certificate } = await check({ clocks, features: { short: ['ema(close, 2000)'], '10s': ['close'] } }, 4000);
  assert.deepEqual(certificate?.ready.unmeasured, ['short']);
  assert.equal(featureOf({ certificate } as CheckResult, 'short', 'ema_2000').atReady, null);
});
