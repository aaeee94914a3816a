import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { barriersOf } from './barriers.ts';

test('barriers as far away as the price goes in fifty bars, and both are reached', () => {
  const random = mulberry32(1);
  let price = 100;
  const closes = Array.from({ length: 12_000 }, () => (price *= 1 + 0.001 * (random() - 0.5)));
  const { label, bars, typical, gains, losses } = barriersOf(closes);
  assert.equal(bars, 50);
  assert.deepEqual(label, {
    method: 'fixed',
    target: Number(typical.toPrecision(2)),
    stop: Number(typical.toPrecision(2)),
    limit: 100,
  });
  assert.ok(gains > 500 && losses > 500, `${gains} ${losses}`);
});

test('a price that stands still has no barriers', () => {
  assert.deepEqual(barriersOf(Array.from({ length: 200 }, () => 5)).label, { method: 'horizon', after: 2 });
});
