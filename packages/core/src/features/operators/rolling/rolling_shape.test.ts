import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../../../base/random.ts';
import { runFeatures } from '../../../../../../test/run-features.ts';

test('rolling_shape: moments of small integers, whose sums are exact', () => {
  const random = mulberry32(3);
  const x = Float64Array.from({ length: 300 }, () => Math.floor(random() * 9));
  for (const n of [4, 5, 8, 13]) {
    const { skew, kurt } = runFeatures([`rolling_shape(x, sma(x, ${n}), ${n}) as skew, kurt`], { x });
    for (let i = n - 1; i < x.length; i++) {
      const window = x.subarray(i - n + 1, i + 1);
      const mean = window.reduce((sum, v) => sum + v, 0) / n;
      const moment = (k: number): number =>
        window.reduce((sum, v) => sum + new Array<number>(k).fill(v - mean).reduce((a, b) => a * b), 0) / n;
      if (moment(2) === 0) continue;
      const g1 = moment(3) / (moment(2) * Math.sqrt(moment(2)));
      const g2 = moment(4) / (moment(2) * moment(2)) - 3;
      const bySkew = (g1 * Math.sqrt(n * (n - 1))) / (n - 2);
      const byKurt = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6);
      assert.ok(Math.abs(skew[i] - bySkew) < 1e-12, `skew of ${n} at ${i}: ${bySkew}, found ${skew[i]}`);
      assert.ok(Math.abs(kurt[i] - byKurt) < 1e-11, `kurt of ${n} at ${i}: ${byKurt}, found ${kurt[i]}`);
    }
  }
});

test('rolling_shape of 3 rows: any three have the kurtosis -1.5', () => {
  const x = Float64Array.of(1, 2, 4, -7, 3);
  const { kurt } = runFeatures(['rolling_shape(x, sma(x, 3), 3) as skew, kurt'], { x });
  for (let i = 2; i < x.length; i++) assert.ok(Math.abs(kurt[i] + 1.5) < 1e-14);
});
