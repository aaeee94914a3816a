import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFeatures } from '../../../../../../test/run-features.ts';

const VALUES = [NaN, -1e12, -2, -0.5, 0, 1e-320, 0.5, 1, 2, 3, 1e12];
const pairs = VALUES.flatMap((a) => VALUES.map((b) => [a, b] as const));
const table = { a: pairs.map(([a]) => a), b: pairs.map(([, b]) => b) };

const anyNaN = (...values: number[]): boolean => values.some(Number.isNaN);
const flag = (value: boolean): number => (value ? 1 : 0);
const finite = (value: number): number => (Number.isFinite(value) ? value : NaN);

/** Both the sign and the call it stands for. */
const binary: Record<string, (a: number, b: number) => number> = {
  '+ add': (a, b) => a + b,
  '- sub': (a, b) => a - b,
  '* mul': (a, b) => a * b,
  '/ div': (a, b) => finite(a / b),
  '< lt': (a, b) => flag(a < b),
  '<= le': (a, b) => flag(a <= b),
  '> gt': (a, b) => flag(a > b),
  '>= ge': (a, b) => flag(a >= b),
  '== eq': (a, b) => flag(a === b),
  '!= ne': (a, b) => flag(a !== b),
  'and and': (a, b) => flag(a !== 0 && b !== 0),
  'or or': (a, b) => flag(a !== 0 || b !== 0),
};

for (const [names, reference] of Object.entries(binary)) {
  const [sign, name] = names.split(' ');
  test(`${name}: a ${sign} b`, () => {
    const call = sign === name ? `a ${sign} b` : `${name}(a, b)`;
    const out = runFeatures([`a ${sign} b as sign`, `${call} as call`], table, [1, 3, 20]);
    pairs.forEach(([x, y], i) => {
      const expected = anyNaN(x, y) ? NaN : reference(x, y);
      assert.equal(out.sign[i], expected, `${x} ${sign} ${y}`);
      assert.equal(out.call[i], expected, `${name}(${x}, ${y})`);
    });
  });
}

const unary: Record<string, (x: number) => number> = {
  '-x': (x) => -x,
  'neg(x)': (x) => -x,
  'abs(x)': (x) => (x < 0 ? -x : x),
  'not x': (x) => flag(x === 0),
  'not(x)': (x) => flag(x === 0),
  'clip(x, -1, 2)': (x) => Math.min(Math.max(x, -1), 2),
  'clip(x, 0.5, 0.5)': () => 0.5,
};

for (const [expression, reference] of Object.entries(unary)) {
  test(expression, () => {
    const { out } = runFeatures([`${expression} as out`], { x: VALUES }, [1, 3]);
    VALUES.forEach((x, i) => assert.equal(out[i] + 0, Number.isNaN(x) ? NaN : reference(x) + 0, `of ${x}`));
  });
}

test('where: NaN where the condition is, and only there', () => {
  const condition = [1, 0, NaN, -3, 0, 1];
  const choices = { condition, a: [1, NaN, 3, 4, 5, NaN], b: [10, 20, 30, NaN, 50, 60] };
  const { out } = runFeatures(['where(condition, a, b) as out'], choices, [1, 2]);
  assert.deepEqual([...out], [1, 20, NaN, 4, 50, NaN]);
});

test('clip refuses bounds that cross', () => {
  assert.throws(() => runFeatures(['clip(x, 2, 1) as out'], { x: [1] }), /low of clip to be at most high/);
});
