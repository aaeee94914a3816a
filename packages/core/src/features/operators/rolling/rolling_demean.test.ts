import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../../../base/random.ts';
import { sampleVariance } from '../../../../../../test/exact-statistics.ts';
import { fixed, mean, over, root, rounded } from '../../../../../../test/fixed-point.ts';
import { runFeatures } from '../../../../../../test/run-features.ts';

const ROWS = 100_000;
/** Rows where the newest value is nearest to the mean: a rounded mean leaves few digits there. */
const NEAREST = 200;

/** Prices near 100,000 on a tick of 0.1. */
function prices(seed: number): Float64Array {
  const random = mulberry32(seed);
  let price = 100_000;
  return new Float64Array(ROWS).map(() => {
    price = Math.round((price + (random() - 0.5) * 200 + (100_000 - price) * 1e-4) * 10) / 10;
    return price;
  });
}

for (const n of [2, 3, 20, 50]) {
  test(`rolling_demean and rolling_zscore of ${n}: 1e-14 relative where the newest value is nearest to the mean`, () => {
    const x = prices(n);
    const found = runFeatures([`rolling_demean(x, ${n}) as apart`, `rolling_zscore(x, ${n}) as score`], { x }, [64]);
    const rows = Array.from({ length: ROWS - n }, (_, k) => k + n)
      .filter((i) => found.score[i] !== 0 && !Number.isNaN(found.score[i]))
      .sort((a, b) => Math.abs(found.score[a]) - Math.abs(found.score[b]))
      .slice(0, NEAREST);
    assert.equal(rows.length, NEAREST);
    for (const i of rows) {
      const window = Array.from(x.subarray(i - n + 1, i + 1), fixed);
      const apart = window[n - 1] - mean(window);
      const exact = { apart, score: over(apart, root(sampleVariance(window, window))) };
      for (const name of ['apart', 'score'] as const) {
        const expected = rounded(exact[name]);
        const off = Math.abs(found[name][i] - expected);
        assert.ok(
          off <= 1e-14 * Math.abs(expected),
          `${name}, row ${i}: expected ${expected}, found ${found[name][i]}`,
        );
      }
    }
  });
}

test('rolling_demean of a flat window is 0; a NaN is gone with the window', () => {
  const x = Float64Array.of(3.3, 3.3, 3.3, NaN, 3.3, 3.3, 3.3, 4.8);
  const { apart } = runFeatures(['rolling_demean(x, 3) as apart'], { x }, [1]);
  assert.deepEqual([...apart], [NaN, NaN, 0, NaN, NaN, NaN, 0, (4.8 - 3.3 + (4.8 - 3.3)) / 3]);
});
