import { test } from 'node:test';
import { assertClose, assertSkips, lagged, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close, volume } = bars;

test('nvi, pvi: closes of the rows whose volume fell, or rose, chained from 1000', () => {
  for (const [name, sign] of [
    ['nvi', -1],
    ['pvi', 1],
  ] as const) {
    let index = 1000;
    const expected = close.map((c, i) => {
      if (i > 0 && Math.sign(volume[i] - volume[i - 1]) === sign) index *= c / close[i - 1];
      return index;
    });
    assertClose(one(`${name}()`, bars), expected);
    assertSkips(`${name}(close, volume)`, 1, bars);
  }
});

test('nvi: a change from 0, and one past all numbers, moves nothing', () => {
  assertClose(one('nvi()', { close: [0, 5, 10], volume: [3, 2, 1] }), [1000, 1000, 2000], 0);
  assertClose(one('nvi()', { close: [1e-300, 1e300, 2e300], volume: [3, 2, 1] }), [1000, 1000, 2000], 0);
});

test('rvol: volume against the mean before it, no value after silence', () => {
  for (const n of [1, 20]) {
    const before = lagged(perWindow(volume, n, mean), 1);
    assertClose(
      one(`rvol(${n})`, bars),
      volume.map((v, i) => (before[i] === 0 ? NaN : v / before[i])),
    );
  }
  assertClose(one('rvol(2)', { volume: [0.1, 0, 0, 3] }), [NaN, NaN, 0, NaN], 0);
});

test('pvo: ppo of volume, of exponential averages unless said otherwise', () => {
  assertClose(one('pvo(12, 26)', bars), one('ppo(volume, 12, 26, 1)', bars), 0);
  assertClose(one('pvo(9, 4, 0)', bars), one('ppo(volume, 9, 4, 0)', bars), 0);
});
