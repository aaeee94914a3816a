import { test } from 'node:test';
import {
  assertClose,
  flatBars,
  lagged,
  many,
  one,
  perWindow,
  sum,
  trueRanges,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close } = bars;
const moves = close.map((c, i) => c - lagged(close, 1)[i]);
const path = (n: number): number[] => perWindow(moves.map(Math.abs), n, sum);

test('cmou: net movement as a share of all', () => {
  for (const n of [2, 14]) {
    const all = path(n);
    assertClose(
      one(`cmou(close, ${n})`, bars),
      perWindow(moves, n, sum).map((net, i) => (all[i] === 0 ? 0 : (100 * net) / all[i])),
    );
  }
});

test('er: distance as a share of the way', () => {
  for (const n of [2, 10]) {
    const all = path(n);
    assertClose(
      one(`er(close, ${n})`, bars),
      close.map((c, i) => (all[i] === 0 ? 1 : Math.abs(c - lagged(close, n)[i]) / all[i])),
    );
  }
});

test('vhf: range as a share of the way, which begins a row before it', () => {
  for (const n of [2, 28]) {
    const all = path(n);
    const range = perWindow(close, n, (w) => Math.max(...w) - Math.min(...w));
    assertClose(
      one(`vhf(close, ${n})`, bars),
      range.map((r, i) => (all[i] === 0 ? 0 : r / all[i])),
    );
  }
});

test('vortex: reach to the bar before as a share of the true range', () => {
  const ranges = perWindow(trueRanges(bars), 14, sum);
  const reach = (a: number[], b: number[]): number[] =>
    perWindow(
      a.map((v, i) => Math.abs(v - lagged(b, 1)[i])),
      14,
      sum,
    ).map((total, i) => total / ranges[i]);
  const [plus, minus] = many('vortex(14)', 2, bars);
  assertClose(plus, reach(bars.high, bars.low));
  assertClose(minus, reach(bars.low, bars.high));
});

test('where nothing moves: er is 1, the others 0', () => {
  const flat = flatBars();
  for (const [feature, value] of [
    ['cmou(close, 5)', 0],
    ['er(close, 5)', 1],
    ['vhf(close, 5)', 0],
  ] as const) {
    assertClose(
      one(feature, flat),
      flat.close.map((_, i) => (i < 5 ? NaN : value)),
      0,
    );
  }
  for (const out of many('vortex(5)', 2, flat)) assertClose(out.slice(5), new Array<number>(35).fill(0), 0);
});
