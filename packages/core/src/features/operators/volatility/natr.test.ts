import { test } from 'node:test';
import { assertClose, assertSkips, one, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('natr: average true range in percent of the close', () => {
  for (const n of [2, 14]) {
    const expected = one(`atr(${n})`, bars).map((v, i) => (100 * v) / bars.close[i]);
    assertClose(one(`natr(${n})`, bars), expected, 1e-12);
  }
});

test('natr: the true range itself for a period of 1, and 0 at a close of 0', () => {
  assertClose(one('natr(1)', bars), one('trange()', bars), 0);
  assertClose(one('natr(2)', { high: [1, 1, 1], low: [0, 0, 0], close: [1, 1, 0] }), [NaN, NaN, 0], 0);
});

test('natr: skips NaN', () => assertSkips('natr(5)', 1, bars));
