/** Places of extremes, and the functions of TA-Lib that are others by another name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, many, one, perWindow, sum, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

/** Row of the newest of the best values of each window. */
function naiveIndex(values: readonly number[], n: number, best: (...w: number[]) => number): number[] {
  return values.map((_, i) => {
    const from = i - n + 1;
    if (from < 0) return NaN;
    const window = values.slice(from, i + 1);
    return from + window.lastIndexOf(best(...window));
  });
}

test('minindex, maxindex, minmaxindex: rows of the extremes, of equal values the newest', () => {
  for (const n of [1, 2, 5, 30]) {
    const lowest = naiveIndex(bars.close, n, Math.min);
    const highest = naiveIndex(bars.close, n, Math.max);
    assertClose(one(`minindex(close, ${n})`, bars), lowest, 0);
    assertClose(one(`maxindex(close, ${n})`, bars), highest, 0);
    const both = many(`minmaxindex(close, ${n})`, 2, bars);
    assertClose(both[0], lowest, 0);
    assertClose(both[1], highest, 0);
  }
  assertClose(one('maxindex(x, 3)', { x: [1, 2, 2, 1, 2] }), [NaN, NaN, 2, 2, 4], 0);
  assertClose(one('maxindex(x, 2)', { x: [3, NaN, 2, 1, 5] }), [NaN, NaN, NaN, 2, 4], 0);
});

test('rows_since: the age of a level, the period if it was not there', () => {
  const x = [1, 2, 1, 3, NaN, 1, 1];
  assertClose(one('rows_since(x, level, 2)', { x, level: [1, 1, 2, 9, 1, 1, NaN] }), [NaN, 1, 1, 2, NaN, NaN, NaN], 0);
});

test('row_number counts rows', () => {
  assert.deepEqual(one('row_number()', { x: [5, NaN, 7] }), [0, 1, 2]);
});

test('minmax and sum', () => {
  const [lowest, highest] = many('minmax(close, 6)', 2, bars);
  assertClose(
    lowest,
    perWindow(bars.close, 6, (w) => Math.min(...w)),
    0,
  );
  assertClose(
    highest,
    perWindow(bars.close, 6, (w) => Math.max(...w)),
    0,
  );
  assertClose(one('sum(close, 6)', bars), perWindow(bars.close, 6, sum), 1e-12);
});
