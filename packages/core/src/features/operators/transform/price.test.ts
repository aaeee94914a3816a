import { test } from 'node:test';
import { assertClose, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { open, high, low, close } = bars;

test('avgprice, medprice, wclprice: means of the prices of a bar', () => {
  assertClose(
    one('avgprice()', bars),
    close.map((c, i) => mean([open[i], high[i], low[i], c])),
  );
  assertClose(
    one('medprice()', bars),
    low.map((l, i) => mean([high[i], l])),
  );
  assertClose(
    one('wclprice()', bars),
    close.map((c, i) => mean([high[i], low[i], c, c])),
  );
});

test('avgdev: mean distance from the mean', () => {
  for (const n of [2, 5, 20]) {
    const expected = perWindow(close, n, (w) => mean(w.map((v) => Math.abs(v - mean(w)))));
    assertClose(one(`avgdev(close, ${n})`, bars), expected);
  }
  assertClose(one('avgdev(x, 2)', { x: [NaN, 1, 3, NaN, 2, 2] }), [NaN, NaN, 1, NaN, NaN, 0], 0);
});
