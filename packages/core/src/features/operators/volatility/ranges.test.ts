import { test } from 'node:test';
import {
  assertClose,
  exponential,
  flatBars,
  lagged,
  mean,
  one,
  perWindow,
  sum,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const ranges = bars.high.map((h, i) => h - bars.low[i]);

test('adr: mean range', () => assertClose(one('adr(14)', bars), perWindow(ranges, 14, mean)));

test('cvi: change of the average range in percent', () => {
  const level = exponential(ranges, 10);
  const older = lagged(level, 7);
  assertClose(
    one('cvi(10, 7)', bars),
    level.map((v, i) => (100 * (v - older[i])) / older[i]),
  );
  assertClose(one('cvi(3, 2)', flatBars()).slice(4), new Array<number>(36).fill(0), 0);
});

test('massi: average range over its average, summed', () => {
  const level = exponential(ranges, 9);
  const slower = exponential(level, 9);
  assertClose(
    one('massi(9, 25)', bars),
    perWindow(
      level.map((v, i) => v / slower[i]),
      25,
      sum,
    ),
  );
  assertClose(one('massi(3, 5)', flatBars()).slice(8), new Array<number>(32).fill(5), 0);
});
