import { test } from 'node:test';
import { assertClose, flatBars, one, mean, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const middle = bars.high.map((h, i) => (h + bars.low[i]) / 2);
const gap = (fast: number, slow: number): number[] => {
  const long = perWindow(middle, slow, mean);
  return perWindow(middle, fast, mean).map((m, i) => m - long[i]);
};

test('ao, mean_gap: fast less slow average, whichever is longer', () => {
  for (const [fast, slow] of [
    [5, 34],
    [9, 3],
    [4, 4],
  ]) {
    assertClose(one(`ao(${fast}, ${slow})`, bars), gap(fast, slow));
    assertClose(one(`mean_gap(x, ${fast}, ${slow})`, { x: middle }), gap(fast, slow));
  }
});

test('ac: the oscillator less its average', () => {
  const averages = perWindow(gap(5, 34), 5, mean);
  assertClose(
    one('ac(5, 34, 5)', bars),
    gap(5, 34).map((v, i) => v - averages[i]),
  );
});

test('ao, ac: 0 while prices stand still, at any level', () => {
  const flat = flatBars(98_765_432.1);
  assertClose(one('ao(5, 7)', flat).slice(6), new Array<number>(34).fill(0), 0);
  assertClose(one('ac(5, 7, 3)', flat).slice(8), new Array<number>(32).fill(0), 0);
});
