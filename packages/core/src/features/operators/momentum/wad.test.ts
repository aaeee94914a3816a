import { test } from 'node:test';
import { assertClose, assertSkips, one, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('wad: closes against the far end of the true range, summed', () => {
  let [total, last] = [0, bars.close[0]];
  const expected = bars.close.map((c, i) => {
    if (c > last) total += c - Math.min(bars.low[i], last);
    if (c < last) total += c - Math.max(bars.high[i], last);
    last = c;
    return total;
  });
  assertClose(one('wad()', bars), expected);
});

test('wad: skips NaN', () => assertSkips('wad()', 1, bars));
