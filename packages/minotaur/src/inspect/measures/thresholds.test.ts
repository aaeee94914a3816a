import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestThresholds, tradingDays, twoDigits } from './thresholds.ts';

test('turnover of a day over bars a day, two digits', () => {
  const of = suggestThresholds({ seconds: 2 * 86_400, days: 3, turnover: 12_345_678 });
  assert.deepEqual(
    of.map(({ threshold }) => threshold),
    [120_000, 12_000, 1200],
  );
  assert.deepEqual(suggestThresholds({ seconds: 0, days: 1, turnover: 5 }), []);
  assert.equal(tradingDays({ seconds: 11.6 * 86_400, days: 10 }), 10);
  assert.equal(tradingDays({ seconds: 3600, days: 1 }), 1 / 24);
  assert.equal(twoDigits(0.012_345), 0.012);
});
