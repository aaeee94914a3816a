import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, flatBars, one, sum, trueRanges, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('ultosc: pressure over range in three windows, the shortest counting most', () => {
  const pressure = bars.close.map((c, i) => c - Math.min(bars.low[i], bars.close[i - 1]));
  const range = trueRanges(bars);
  const ratio = (i: number, n: number): number => {
    const all = sum(range.slice(i - n + 1, i + 1));
    return all === 0 ? 0 : sum(pressure.slice(i - n + 1, i + 1)) / all;
  };
  for (const [p1, p2, p3] of [
    [7, 14, 28],
    [1, 2, 3],
    [4, 4, 9],
  ]) {
    const expected = bars.close.map((_, i) =>
      i < p3 ? NaN : (100 / 7) * (4 * ratio(i, p1) + 2 * ratio(i, p2) + ratio(i, p3)),
    );
    assertClose(one(`ultosc(${p1}, ${p2}, ${p3})`, bars), expected);
    assert.deepEqual(one(`ultosc(${p3}, ${p1}, ${p2})`, bars), one(`ultosc(${p1}, ${p2}, ${p3})`, bars));
  }
});

test('ultosc: 0 without range', () => {
  assertClose(one('ultosc(1, 2, 3)', flatBars(0.7, 5)), [NaN, NaN, NaN, 0, 0], 0);
});
