import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  exponential,
  lagged,
  many,
  one,
  perWindow,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars(300);
const { high, low, close } = bars;
const twice = (x: number[], a: number, b: number): number[] => exponential(exponential(x, a), b);

test('tsi: change as a share of its size, both averaged twice', () => {
  const moves = close.map((c, i) => c - lagged(close, 1)[i]);
  for (const [a, b] of [
    [25, 13],
    [2, 5],
  ]) {
    const size = twice(moves.map(Math.abs), a, b);
    assertClose(
      one(`tsi(close, ${a}, ${b})`, bars),
      twice(moves, a, b).map((v, i) => (100 * v) / size[i]),
    );
  }
});

test('smi: distance from the middle as a share of half the range, and its average', () => {
  const top = perWindow(high, 13, (w) => Math.max(...w));
  const bottom = perWindow(low, 13, (w) => Math.min(...w));
  const range = twice(
    top.map((t, i) => t - bottom[i]),
    25,
    2,
  );
  const index = twice(
    close.map((c, i) => c - (top[i] + bottom[i]) / 2),
    25,
    2,
  ).map((v, i) => (200 * v) / range[i]);
  const signal = exponential(index, 9);
  const [smi, smiSignal] = many('smi(13, 2, 25, 9)', 2, bars);
  assertClose(smiSignal, signal);
  assertClose(
    smi,
    index.map((v, i) => (Number.isNaN(signal[i]) ? NaN : v)),
  );
});

test('smoothed_share: 0 without a whole, and it stands still in a silence that outlasts the digits', () => {
  const rows = 20_000;
  const whole = Array.from({ length: rows }, (_, i) => (i >= 10 && i < 60 ? 2 : 0));
  const share = one('smoothed_share(x, y, 9, 5)', { x: whole.map((w, i) => (i % 3 === 0 ? -w : w)), y: whole });
  assertClose(share.slice(0, 13), [...new Array<number>(12).fill(NaN), share[12]], 0);
  assertClose(one('smoothed_share(x, y, 2, 2)', { x: [0, 0, 0, 1], y: [0, 0, 0, 4] }), [NaN, NaN, 0, 0.25], 1e-15);
  // Nothing but the part and the whole of one row is left of either, in the end: the shares of rows long ago differ by less and less.
  const late = share.slice(15_000);
  assertClose(late, new Array<number>(late.length).fill(late[0]), 0);
  if (!(late[0] > 0.2 && late[0] < 0.5)) throw new Error(`a third of all falls, so the share is near 1/3: ${late[0]}`);
});

test('smoothed_share: skips NaN', () => assertSkips('smoothed_share(close, volume, 3, 4)', 1, bars));
