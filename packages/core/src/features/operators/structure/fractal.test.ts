import { test } from 'node:test';
import { assertClose, many, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

/** 100 where `x[i - right]` is above all others. */
const peaks = (x: number[], left: number, right: number): number[] =>
  x.map((_, i) => {
    if (i < left + right) return NaN;
    const others = x.slice(i - right - left, i + 1).toSpliced(left, 1);
    return x[i - right] > Math.max(...others) ? 100 : 0;
  });

test('fractal: above or below all bars on either side, equal ones are none', () => {
  for (const [left, right] of [
    [2, 2],
    [1, 4],
    [5, 1],
  ]) {
    const [high, low] = many(`fractal(${left}, ${right})`, 2, bars);
    assertClose(high, peaks(bars.high, left, right), 0);
    assertClose(
      low,
      peaks(
        bars.low.map((v) => -v),
        left,
        right,
      ),
      0,
    );
  }
  const twins = { high: [1, 2, 2, 1, 0, 3, 1], low: [1, 1, 1, 0, 1, 1, 1] };
  assertClose(many('fractal(1, 1)', 2, twins)[0], [NaN, NaN, 0, 0, 0, 0, 100], 0);
  assertClose(many('fractal(1, 1)', 2, twins)[1], [NaN, NaN, 0, 0, 100, 0, 0], 0);
});
