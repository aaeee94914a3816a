/** An operator of a user's that declares what memory cannot be laid out by is refused: those beside it would be wrong without a word. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../config/engine.ts';
import { operator, period, type PrimitiveOperator } from './operator.ts';

const own = operator({
  name: 'own',
  family: 'transform',
  version: 1,
  summary: 'The input',
  formula: 'x[i]',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => out.set(x.subarray(from, to), from),
});

const engineWith = (part: Partial<Record<keyof PrimitiveOperator, unknown>>) =>
  createEngine({
    symbol: 'BTCUSDT',
    clocks: { a: { bars: 'tick', threshold: 2 } },
    features: { a: ['own(close, 3) as b', 'obv(close, volume) as o'] },
    operators: [{ ...own, ...part } as PrimitiveOperator],
  });

const nothing = (): void => {};

for (const what of ['history', 'outputHistory', 'slots'] as const) {
  for (const [name, declared] of [
    ['nothing', nothing],
    ['half a row', ([n]: readonly number[]) => n / 2],
    ['less than none', () => -1],
    ['a text', () => '3'],
    ['infinitely many', () => Infinity],
  ] as const) {
    test(`${what}: ${name} is refused`, () => {
      assert.throws(
        () => engineWith({ [what]: declared }),
        new RegExp(`feature 'own\\(close, 3\\) as b': expected ${what} of own to be an integer of at least 0, found `),
      );
    });
  }
}

for (const what of ['run', 'history', 'slots', 'lookback', 'memory'] as const) {
  test(`without ${what} it is no operator`, () => {
    assert.throws(() => engineWith({ [what]: undefined }), /operators\.0: expected an operator: what `operator\(/);
  });
}
