import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sfc32 } from '../base/random.ts';
import { drawEvenly, pointOf, requireSpace, type Dimension } from './space.ts';
import { SPACES } from './spaces.ts';

const refused: readonly (readonly [what: string, dimension: Dimension, message: RegExp])[] = [
  ['low above high', { kind: 'float', low: 2, high: 1 }, /low not above high, found 2 to 1/],
  ['log from 0', { kind: 'float', low: 0, high: 1, log: true }, /low above 0/],
  ['log with a step', { kind: 'float', low: 1, high: 2, log: true, step: 1 }, /log or a step/],
  ['half numbers', { kind: 'int', low: 0.5, high: 2 }, /whole numbers/],
  ['a step that misses high', { kind: 'int', low: 0, high: 10, step: 3 }, /leads from low to high/],
  ['no choice', { kind: 'choice', choices: [] }, /choices, each once, found none/],
  ['a choice twice', { kind: 'choice', choices: [1, 2, 1] }, /each once, found 1, 2, 1/],
  ['NaN', { kind: 'float', low: NaN, high: 1 }, /finite/],
];

for (const [what, dimension, message] of refused)
  test(`${what} is refused by name`, () => {
    assert.throws(() => requireSpace({ rate: dimension }), message);
    assert.throws(() => requireSpace({ rate: dimension }), /^MinotaurError: space, rate/);
  });

test('a space without parameters is refused', () => assert.throws(() => requireSpace({}), /at least one parameter/));

test('what is drawn is within the bounds and on the grid, all of it is reached, and logarithms are drawn evenly', () => {
  const uniform = sfc32(1);
  const rising = (a: number, b: number): number => a - b;
  const drawn = (dimension: Dimension) => Array.from({ length: 2000 }, () => drawEvenly(dimension, uniform));
  assert.deepEqual([...new Set(drawn({ kind: 'int', low: 32, high: 96, step: 32 }))].sort(rising), [32, 64, 96]);
  assert.deepEqual([...new Set(drawn({ kind: 'choice', choices: ['a', 'b', 'c'] }))].sort(rising), [0, 1, 2]);
  const rates = drawn({ kind: 'float', low: 1e-6, high: 1e-2, log: true });
  assert.ok(rates.every((x) => x >= 1e-6 && x <= 1e-2));
  const low = rates.filter((x) => x < 1e-4).length;
  assert.ok(low > 900 && low < 1100, `${low}`);
});

test('the space of every kind of model can be drawn from', () => {
  const uniform = sfc32(2);
  for (const space of Object.values(SPACES)) {
    requireSpace(space);
    const place = Object.fromEntries(Object.keys(space).map((name) => [name, drawEvenly(space[name], uniform)]));
    assert.deepEqual(Object.keys(pointOf(space, place)), Object.keys(space));
  }
});
