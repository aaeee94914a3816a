import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFeatures } from '../../../../../../test/run-features.ts';

const x = [1, 2, 2, 0, -1, NaN, 4, 1e-9, 1e12, 3, 800, -800, 5, 6, 5];

/** What each gives from the values and a row; rows before the first are NaN. */
const references: Record<string, (at: (row: number) => number, i: number) => number> = {
  'log(x)': (at, i) => (at(i) > 0 ? Math.log(at(i)) : NaN),
  'log1p(x)': (at, i) => (at(i) > -1 ? Math.log1p(at(i)) : NaN),
  'exp(x)': (at, i) => (Math.exp(at(i)) === Infinity ? NaN : Math.exp(at(i))),
  'sqrt(x)': (at, i) => (at(i) >= 0 ? Math.sqrt(at(i)) : NaN),
  'sin(x)': (at, i) => Math.sin(at(i)),
  'cos(x)': (at, i) => Math.cos(at(i)),
  'ln(x)': (at, i) => (at(i) > 0 ? Math.log(at(i)) : NaN),
  'log10(x)': (at, i) => (at(i) > 0 ? Math.log10(at(i)) : NaN),
  'tan(x)': (at, i) => Math.tan(at(i)),
  'asin(x)': (at, i) => Math.asin(at(i)),
  'acos(x)': (at, i) => Math.acos(at(i)),
  'atan(x)': (at, i) => Math.atan(at(i)),
  'sinh(x)': (at, i) => (Math.abs(at(i)) > 710.4 ? NaN : Math.sinh(at(i))),
  'cosh(x)': (at, i) => (Math.abs(at(i)) > 710.4 ? NaN : Math.cosh(at(i))),
  'tanh(x)': (at, i) => Math.tanh(at(i)),
  'floor(x / 3)': (at, i) => Math.floor(at(i) / 3),
  'ceil(x / 3)': (at, i) => Math.ceil(at(i) / 3),
  'settle(x, 2)': (at, i) => (i < 2 ? NaN : at(i)),
  'mult(x, x)': (at, i) => at(i) * at(i),
  'log_return(x)': (at, i) => (at(i) > 0 && at(i - 1) > 0 ? Math.log(at(i) / at(i - 1)) : NaN),
  'pct_change(x)': (at, i) => (at(i - 1) === 0 ? NaN : (at(i) - at(i - 1)) / at(i - 1)),
  'pct_change(x, 3)': (at, i) => (at(i - 3) === 0 ? NaN : (at(i) - at(i - 3)) / at(i - 3)),
  'diff(x)': (at, i) => at(i) - at(i - 1),
  'diff(x, 4)': (at, i) => at(i) - at(i - 4),
  'lag(x, 0)': (at, i) => at(i),
  'lag(x, 5)': (at, i) => at(i - 5),
};

for (const [expression, reference] of Object.entries(references)) {
  test(expression, () => {
    const { out } = runFeatures([`${expression} as out`], { x }, [1, 4]);
    x.forEach((_, i) => {
      const expected = reference((row) => x[row] ?? NaN, i);
      assert.equal(out[i], expected, `row ${i}`);
    });
  });
}

test('lag does not look ahead', () => {
  assert.throws(() => runFeatures(['lag(x, -1) as out'], { x }), /n of lag to be an integer from 0/);
});
