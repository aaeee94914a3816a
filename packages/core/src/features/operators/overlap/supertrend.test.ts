import { test } from 'node:test';
import { assertClose, exponential, many, trueRanges, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars(400);

test('supertrend: the band below a rising trend only rises, and a close beyond it turns the trend', () => {
  for (const [n, multiplier] of [
    [10, 3],
    [7, 0.5],
    [2, 0],
  ]) {
    const width = exponential(trueRanges(bars), n, 1 / n);
    let [rising, upper, lower] = [true, NaN, NaN];
    const expected = bars.close.map((close, i) => {
      const middle = (bars.high[i] + bars.low[i]) / 2;
      const [high, low] = [middle + multiplier * width[i], middle - multiplier * width[i]];
      const before = bars.close[i - 1];
      upper = Number.isNaN(upper) || high < upper || before > upper ? high : upper;
      lower = Number.isNaN(lower) || low > lower || before < lower ? low : lower;
      if (i > n) rising = rising ? close >= lower : close > upper;
      return i < n ? [NaN, NaN] : rising ? [lower, 1] : [upper, -1];
    });
    const found = many(`supertrend(${n}, ${multiplier})`, 2, bars);
    for (const k of [0, 1])
      assertClose(
        found[k],
        expected.map((row) => row[k]),
      );
  }
});
