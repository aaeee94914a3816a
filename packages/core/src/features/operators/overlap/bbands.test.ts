import { test } from 'node:test';
import { assertClose, many, mean, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const { close } = walkingBars();
const deviation = (w: number[]): number => Math.sqrt(mean(w.map((x) => (x - mean(w)) * (x - mean(w)))));

test('bbands: mean of the window, and deviations above and below it', () => {
  for (const [n, up, down] of [
    [2, 1, 1],
    [20, 2, 2],
    [5, 1.5, 3],
  ]) {
    const [upper, middle, lower] = many(`bbands(close, ${n}, ${up}, ${down})`, 3, { close });
    assertClose(
      upper,
      perWindow(close, n, (w) => mean(w) + up * deviation(w)),
      1e-12,
    );
    assertClose(middle, perWindow(close, n, mean), 1e-12);
    assertClose(
      lower,
      perWindow(close, n, (w) => mean(w) - down * deviation(w)),
      1e-12,
    );
  }
});
