import { test } from 'node:test';
import { assertClose, assertSkips, one, sum, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('obv: volume of rising rows less that of falling ones', () => {
  const { close, volume } = bars;
  const signed = volume.map((v, i) => (i === 0 ? v : Math.sign(close[i] - close[i - 1]) * v));
  assertClose(
    one('obv()', bars),
    signed.map((_, i) => sum(signed.slice(0, i + 1))),
    1e-12,
  );
});

test('obv: skips NaN', () => assertSkips('obv(close, volume)', 1, bars));
