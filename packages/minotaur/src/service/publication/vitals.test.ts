import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVitals } from './vitals.ts';

test('a second has its trades and the spread of what was measured in it; sixteen make a quarter', () => {
  const vitals = createVitals();
  for (let second = 1; second <= 16; second++) {
    for (let i = 0; i <= 100; i++) vitals.transit(second === 1 ? i : 1);
    vitals.work(second);
    vitals.second(second * 1e6, 101, second === 5 ? 40 : 2);
  }
  const first = vitals.seconds.at(0);
  assert.deepEqual(first, { time: 1e6, trades: 101, transit: { p50: 50, p99: 99 }, work: { p50: 1, p99: 1 }, loop: 2 });
  assert.equal(vitals.quarters.next, 1);
  const quarter = vitals.quarters.at(0);
  assert.deepEqual([quarter?.time, quarter?.trades, quarter?.loop], [16e6, 101, 40]);
  assert.equal(quarter?.work.p50, 8.5);
});

test('where nothing was measured there is no spread', () => {
  const vitals = createVitals();
  vitals.second(1e6, 0, 0);
  assert.deepEqual(vitals.seconds.at(0)?.transit, { p50: NaN, p99: NaN });
});
