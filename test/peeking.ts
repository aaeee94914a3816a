/** A feature that sees the next row from some row on: what a failure is made small with. */
import { operator } from '../packages/core/src/features/contract/operator.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { planOf } from '../packages/core/src/config/engine.ts';
import type { CheckContext } from '../packages/minotaur/src/verify/harness/check.ts';
import { tradeStretch } from '../packages/minotaur/src/verify/harness/stretch.ts';
import { market } from '../packages/minotaur/src/verify/self-test/market.ts';

/** Peeks one row ahead, from the `after`-th row on. */
export function peeking(after: number): CheckContext {
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
