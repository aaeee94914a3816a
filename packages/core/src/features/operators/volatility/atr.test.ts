import { test } from 'node:test';
import { assertClose, assertSkips, mean, one, trueRanges, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('atr: mean of the first true ranges, then Wilder average', () => {
  const range = trueRanges(bars);
  for (const n of [1, 2, 14]) {
    let average = 0;
    const expected = range.map((r, i) => {
      if (i < n) return NaN;
      average = i === n ? mean(range.slice(1, n + 1)) : (average * (n - 1) + r) / n;
      return average;
    });
    assertClose(one(`atr(${n})`, bars), expected, 1e-12);
  }
});

test('atr: skips NaN; the next true range reaches to the last close there was', () => {
  assertSkips('atr(5)', 1, bars);
  assertClose(one('atr(1)', { high: [2, NaN, 9], low: [1, 1, 8], close: [1, 1, 8] }), [NaN, NaN, 8], 0);
});
