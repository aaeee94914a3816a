import { test } from 'node:test';
import { assertClose, exponential, many, perWindow, trueRanges, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { high, low, close } = bars;

test('donchian: highest high, lowest low, their middle', () => {
  const top = perWindow(high, 20, (w) => Math.max(...w));
  const bottom = perWindow(low, 20, (w) => Math.min(...w));
  const [upper, middle, lower] = many('donchian(20)', 3, bars);
  assertClose(upper, top, 0);
  assertClose(lower, bottom, 0);
  assertClose(
    middle,
    top.map((t, i) => (t + bottom[i]) / 2),
  );
});

test('kc: both averages are seeded to begin in the same row', () => {
  const after = (values: number[], rows: number): number[] => values.map((v, i) => (i < rows ? NaN : v));
  const typical = high.map((h, i) => (h + low[i] + close[i]) / 3);
  for (const [n, rows, deviations] of [
    [20, 10, 2],
    [5, 14, 1.5],
  ]) {
    const first = Math.max(n - 1, rows);
    const line = exponential(after(typical, first - n + 1), n);
    const width = exponential(after(trueRanges(bars), first - rows + 1), rows, 1 / rows);
    const [upper, middle, lower] = many(`kc(${n}, ${rows}, ${deviations})`, 3, bars);
    assertClose(middle, line);
    assertClose(
      upper,
      line.map((v, i) => v + deviations * width[i]),
    );
    assertClose(
      lower,
      line.map((v, i) => v - deviations * width[i]),
    );
  }
});
