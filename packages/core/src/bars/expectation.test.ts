import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTape, type Tape } from '../trades/tape.ts';
import { expectationRule } from './expectation.ts';
import type { EndRule } from './kind.ts';
import { kinds } from './kinds.gen.ts';

/** Trades of the given signed flow; NaN: one base unit, nobody knows whose. */
function tapeOf(flows: readonly number[]): Tape {
  const tape = createTape(flows.length);
  tape.length = flows.length;
  flows.forEach((flow, i) => {
    tape.quantity[i] = Number.isNaN(flow) ? 1 : Math.abs(flow);
    tape.dollars[i] = 10 * tape.quantity[i];
    tape.bought[i] = Number.isNaN(flow) ? NaN : Math.max(flow, 0);
  });
  return tape;
}

/** Indices of the trades that close bars. */
function ends(rule: EndRule, tape: Tape): number[] {
  const state = new Float64Array(rule.slots);
  const found: number[] = [];
  for (let i = 0; i < tape.length;) {
    const at = rule.reach(state, tape, i, tape.length);
    if (at === tape.length) break;
    rule.restart(state);
    found.push(at);
    i = at + 1;
  }
  return found;
}

const settings = { expectedTicks: 4, ticksWindow: 1, imbalanceWindow: 1e9, minTicks: 1, maxTicks: 100 };

test('by hand: three buys to a sell, then the same imbalance per trade takes as many', () => {
  // E0[T] = 4 and the flow of all trades weighs the same: 4 |2 * 3/4 - 1| = 2.
  const flows = [1, 1, -1, 1, -1, 1, -1, 1, 1, 1, 1, 1];
  const tick = expectationRule(kinds.tickImbalance, settings);
  // +2 is reached at index 9 (-1 0 -1 0 1 2), then E0[T] = 6 and 6 |2 * 7/10 - 1| = 2.4 is not by two trades.
  assert.deepEqual(ends(tick, tapeOf(flows)), [3, 9]);
  // Runs: 4 * 3/4 = 3 buys, at index 8 (of 4 to 8); then 5 * 6/9 > 3.
  assert.deepEqual(ends(expectationRule(kinds.tickRun, settings), tapeOf(flows)), [3, 8]);
});

test('volume and quote units weigh trades, and a unit changes no bar', () => {
  const flows = [1, 2, -1, 1, 0.5, -4, 1, 1, -3, -3, 2, 7, -1, 2, 2];
  for (const [volume, dollar] of [
    [kinds.volumeImbalance, kinds.dollarImbalance],
    [kinds.volumeRun, kinds.dollarRun],
  ] as const) {
    const found = ends(expectationRule(volume, settings), tapeOf(flows));
    assert.deepEqual(ends(expectationRule(dollar, settings), tapeOf(flows)), found);
    assert.ok(found.length > 2);
    assert.notDeepEqual(found, ends(expectationRule(kinds.tickImbalance, settings), tapeOf(flows)));
  }
});

test('recent trades weigh more: normalised exponential weights', () => {
  const rule = expectationRule(kinds.volumeImbalance, { ...settings, expectedTicks: 3, imbalanceWindow: 3 });
  // alpha = 1/2: (8 - 2 * 0.5 + 4 * 0.25) / 1.75 = 8 / 1.75 a trade, 24 / 1.75 = 13.71 for three of them.
  const first = [4, -2, 8];
  assert.deepEqual(ends(rule, tapeOf([...first, 13.71])), [2]);
  assert.deepEqual(ends(rule, tapeOf([...first, 13.72])), [2, 3]);
});

test('bars keep within minTicks and maxTicks', () => {
  const flows = Array.from({ length: 5000 }, (_, i) => Math.sin(i * i));
  for (const kind of [kinds.tickImbalance, kinds.volumeRun]) {
    const rule = expectationRule(kind, { ...settings, expectedTicks: 10, minTicks: 7, maxTicks: 13 });
    const at = ends(rule, tapeOf(flows));
    const lengths = at.map((end, i) => end - (i === 0 ? -1 : at[i - 1]));
    assert.ok(lengths.length > 100);
    assert.ok(lengths.every((n) => n >= 7 && n <= 13));
    assert.ok(new Set(lengths).size > 1);
  }
});

test('a trade without a side is no tick and no flow', () => {
  const rule = expectationRule(kinds.tickImbalance, settings);
  const flows = [1, 1, -1, 1, -1, 1, -1, 1, 1, 1];
  const mixed = flows.flatMap((flow) => [NaN, flow]);
  assert.deepEqual(
    ends(rule, tapeOf(mixed)),
    ends(rule, tapeOf(flows)).map((i) => 2 * i + 1),
  );
  assert.deepEqual(ends(rule, tapeOf(Array.from({ length: 1000 }, () => NaN))), []);
});
