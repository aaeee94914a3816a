import { test } from 'node:test';
import {
  assertClose,
  assertSkips,
  exponential,
  flatBars,
  one,
  perWindow,
  sum,
  walkingBars,
} from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { high, low, close, volume } = bars;

test('cmf: volume by the place of the close as a share of all', () => {
  const flow = close.map((c, i) =>
    high[i] > low[i] ? ((2 * c - high[i] - low[i]) / (high[i] - low[i])) * volume[i] : 0,
  );
  assertClose(one('money_flow_volume()', bars), flow);
  const all = perWindow(volume, 20, sum);
  assertClose(
    one('cmf(20)', bars),
    perWindow(flow, 20, sum).map((f, i) => f / all[i]),
  );
  const silent = { ...flatBars(), volume: new Array<number>(40).fill(0) };
  assertClose(one('cmf(2)', silent).slice(1), new Array<number>(39).fill(0), 0);
});

test('efi: change times volume, averaged', () => {
  const force = close.map((c, i) => (c - close[i - 1]) * volume[i]);
  for (const n of [1, 13]) assertClose(one(`efi(${n})`, bars), exponential(force, n));
});

test('marketfi: range per unit of volume', () => {
  assertClose(
    one('marketfi()', bars),
    volume.map((v, i) => (v === 0 ? 0 : (high[i] - low[i]) / v)),
  );
  assertClose(one('marketfi()', { high: [3], low: [1], volume: [0] }), [0], 0);
});

test('pvt: relative change times volume, summed', () => {
  const flow = close.map((c, i) => (i === 0 ? 0 : ((c - close[i - 1]) / close[i - 1]) * volume[i]));
  assertClose(
    one('pvt()', bars),
    flow.map((_, i) => sum(flow.slice(0, i + 1))),
  );
  assertSkips('pvt(close, volume)', 1, bars);
  assertClose(one('pvt()', { close: [0, 5, 10], volume: [1, 1, 1] }), [0, 0, 1], 0);
});

test('vwap: typical price by volume since the start, 0 before any', () => {
  const typical = close.map((c, i) => (high[i] + low[i] + c) / 3);
  assertClose(
    one('vwap()', bars),
    volume.map((_, i) => sum(typical.slice(0, i + 1).map((p, k) => p * volume[k])) / sum(volume.slice(0, i + 1))),
  );
  assertSkips('vwap()', 1, bars);
  const late = { high: [3, 3], low: [3, 3], close: [3, 3], volume: [0, 1] };
  assertClose(one('vwap()', late), [0, 3], 0);
});
