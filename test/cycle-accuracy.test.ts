/**
 * The Hilbert-transform family after a million bars is that of a run started 5,000 rows before: nothing of the way is left in
 * it. TA-Lib's own runs differ by 1e-8 there, because it smooths prices by a running sum.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../packages/core/src/base/random.ts';
import { runFeatures } from './run-features.ts';

const ROWS = 1_000_000;
const LATE = 5000;
const JUDGED = 500;

test('the Hilbert-transform family does not drift over a million bars', () => {
  const random = mulberry32(61);
  const close = new Float64Array(ROWS);
  let price = 600_000;
  for (let i = 0; i < ROWS; i++) {
    price += Math.round((random() - 0.5) * 900 + (600_000 - price) * 1e-3);
    close[i] = price / 10;
  }
  const features = [
    'ht_phasor(close) as in_phase, quadrature',
    'ht_dcphase(close) as phase',
    'ht_dcperiod(close) as p',
  ];
  const full = runFeatures(features, { close }, [4096]);
  const late = runFeatures(features, { close: close.subarray(ROWS - LATE) });
  for (const [name, column] of Object.entries(full)) {
    for (let row = 0; row < JUDGED; row++) {
      const [a, b] = [column[ROWS - 1 - row], late[name][LATE - 1 - row]];
      assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${name}, row ${ROWS - 1 - row}: ${a} and ${b}`);
    }
  }
});
