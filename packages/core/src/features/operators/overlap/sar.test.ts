import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, assertSkips, many, one, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { high, low } = bars;

test('sar: follows a rise from below and turns where it is touched', () => {
  const rise = { high: [10, 11, 12, 13, 14, 9], low: [9, 10, 11, 12, 13, 8] };
  const stops = one('sar(high, low, 0.1, 0.2)', rise);
  // 9; 9 + 0.1 * (11 - 9), held by the low of 10; + 0.2 * (12 - 9.2); ...; at last the highest high.
  assertClose(stops, [NaN, 9, 9.2, 9.76, 10.408, 14], 1e-12);
  const [stop, side] = many('parabolic_stop(high, low, 0, 0, 0.1, 0.1, 0.2, 0.1, 0.1, 0.2)', 2, rise);
  assert.deepEqual(stop, stops);
  assert.deepEqual(side.slice(1), [1, 1, 1, 1, -1]);
  assert.equal(one('sarext(high, low, 0, 0.5, 0.1, 0.1, 0.2, 0.1, 0.1, 0.2)', rise)[5], -21);
});

test('sar never lies within the last two bars of its trade', () => {
  const [stop, side] = many('parabolic_stop(high, low, 0, 0, 0.02, 0.02, 0.2, 0.02, 0.02, 0.2)', 2, bars);
  for (let i = 3; i < stop.length; i++) {
    if (side[i] !== side[i - 1]) continue;
    if (side[i] > 0) assert.ok(stop[i] <= Math.min(low[i - 1], low[i - 2]), `row ${i}`);
    else assert.ok(stop[i] >= Math.max(high[i - 1], high[i - 2]), `row ${i}`);
  }
});

test('sar, sarext: a row with NaN is skipped', () => {
  assertSkips('sar(high, low)', 1, bars);
  assertSkips('sarext(high, low)', 1, bars);
});
