import { test } from 'node:test';
import { assertClose, flatBars, one, sum, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('mfi: share of inflow in all flow', () => {
  const typical = bars.close.map((c, i) => (bars.high[i] + bars.low[i] + c) / 3);
  // A change of the last digit is that of the rounding.
  const sign = (change: number): number => (Math.abs(change) < 1e-12 ? 0 : Math.sign(change));
  const flow = typical.map((t, i) => sign(t - typical[i - 1]) * t * bars.volume[i]);
  for (const n of [2, 3, 14]) {
    const expected = flow.map((_, i) => {
      const window = flow.slice(i - n + 1, i + 1);
      const all = sum(window.map(Math.abs));
      if (i < n) return NaN;
      return all === 0 ? 0 : (100 * sum(window.filter((v) => v > 0))) / all;
    });
    assertClose(one(`mfi(${n})`, bars), expected);
  }
});

test('mfi: 0 without movement, or without volume; however little is traded counts', () => {
  assertClose(one('mfi(2)', flatBars(0.7, 4)), [NaN, NaN, 0, 0], 0);
  const x = [0.1, 0.2, 0.3, 0.4];
  assertClose(one('mfi(x, x, x, x * 0, 2)', { x }), [NaN, NaN, 0, 0], 0);
  assertClose(one('mfi(x, x, x, x, 2)', { x }), [NaN, NaN, 100, 100], 0);
});

test('mfi: prices that add up to the same are no movement, whatever the rounding of their sum', () => {
  const still = { high: [0.1, 0.3, 0.2], low: [0.1, 0.1, 0.2], close: [0.4, 0.2, 0.2], volume: [1, 1, 1] };
  assertClose(one('mfi(2)', still), [NaN, NaN, 0], 0);
});

test('mfi: no value while a NaN is in the window', () => {
  const volume = [NaN, NaN, 3, 3, 3, 3];
  const x = [1, 2, 3, 4, 5, 6];
  assertClose(one('mfi(x, x, x, volume, 2)', { x, volume }), [NaN, NaN, NaN, 100, 100, 100]);
});
