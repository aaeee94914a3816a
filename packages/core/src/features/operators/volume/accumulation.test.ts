import { test } from 'node:test';
import { assertClose, one, walkingBars, withGap } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

function line(): number[] {
  let sum = 0;
  return bars.close.map((c, i) => {
    const range = bars.high[i] - bars.low[i];
    if (range > 0) sum += ((2 * c - bars.high[i] - bars.low[i]) / range) * bars.volume[i];
    return sum;
  });
}

test('ad: volume by the place of the close, summed', () => {
  assertClose(one('ad()', bars), line());
  const flat = { high: [1, 1], low: [1, 1], close: [1, 1], volume: [5, 5] };
  assertClose(one('ad()', flat), [0, 0], 0);
});

test('adosc: fast less slow average of the line, negative where the periods are swapped', () => {
  const average = (n: number): number[] => {
    const values = line();
    let level = values[0];
    return values.map((v) => (level += (2 / (n + 1)) * (v - level)));
  };
  const fast = average(3);
  const slow = average(10);
  const expected = fast.map((f, i) => (i < 9 ? NaN : f - slow[i]));
  assertClose(one('adosc(3, 10)', bars), expected);
  assertClose(
    one('adosc(10, 3)', bars),
    expected.map((v) => -v),
  );
});

test('ad, adosc: a row with NaN is as if it had not been', () => {
  const rows = [0, 5, 50];
  const { holed, short } = withGap(bars, rows);
  for (const feature of ['ad()', 'adosc(3, 10)']) {
    assertClose(
      one(feature, holed).filter((_, i) => !rows.includes(i)),
      one(feature, short),
      0,
    );
  }
});
