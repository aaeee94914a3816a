import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operator } from 'minotaur-core/internal/features/contract/operator';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { CheckContext } from './check.ts';
import { tradeStretch } from './stretch.ts';
import { parity } from '../checks/parity.ts';
import { market } from '../self-test/market.ts';
import { reproduce } from './reproduce.ts';

/** Peeks one row ahead, from the `after`-th row on. */
function context(after: number): CheckContext {
  const peek = operator({
    name: 'peek',
    family: 'fault',
    version: 1,
    summary: 's',
    formula: 'f',
    source: 's',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'unbounded' }),
    nan: 'window',
    history: () => 0,
    slots: () => 1,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) out[i] = ++state[0] > after && i + 1 < to ? x[i + 1] : x[i];
    },
  });
  const value: ConfigInput = {
    clocks: { a: { bars: 'tick', threshold: 1 } },
    features: { a: ['close', 'peek(close) as it'] },
    operators: [peek],
  };
  const open = async function* () {
    const block = market(3000, 6);
    for (const from of [0, 1000, 2000]) yield tradeStretch(block).slice(from, from + 1000);
  };
  return { plan: planOf(value), configSource: { kind: 'value', value }, open, seed: 1 };
}

for (const after of [0, 5, 400]) {
  // The row that peeks, the one it peeks at, and all that have to come before.
  test(`a failure that needs ${after + 2} trades is shrunk to them`, async () => {
    const least = await reproduce(context(after), parity);
    assert.ok(least !== undefined);
    assert.equal(least.length, after + 2);
    assert.ok(!least.outcome.holds);
    assert.ok(least.outcome.first !== null && 'feature' in least.outcome.first);
    assert.equal(least.outcome.first.feature, 'peek(close)');
  });
}

test('what holds has no reproducer', async () => {
  assert.equal(await reproduce(context(Infinity), parity), undefined);
});
