import { test } from 'node:test';
import { assertClose, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const deviation = (w: number[]): number => Math.sqrt(mean(w.map((x) => (x - mean(w)) * (x - mean(w)))));

test('stddev: root of the variance, times nbdev', () => {
  for (const n of [2, 5, 30]) {
    const expected = perWindow(bars.close, n, deviation);
    assertClose(one(`stddev(close, ${n})`, bars), expected, 1e-12);
    assertClose(
      one(`stddev(close, ${n}, 2.5)`, bars),
      expected.map((v) => 2.5 * v),
      1e-12,
    );
  }
});

test('stddev: small prices keep theirs', () => {
  assertClose(
    one('stddev(x, 2)', { x: [1e-9, 3e-9] }).map((v) => v * 1e9),
    [NaN, 1],
    1e-12,
  );
});
