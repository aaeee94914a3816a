import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createJumps } from './jumps.ts';

const walk = (price: (i: number) => number) =>
  fed(
    createJumps(),
    Array.from({ length: 400 }, (_, i) => trade(i * 1e6, { price: price(i) + 0.01 * (i % 3) })),
    { size: 70 },
  ).report();

test('a price that stays is a jump, and a split where its ratio is one', () => {
  const { jumps, outliers, largest } = walk((i) => (i < 200 ? 1200 : 120));
  assert.deepEqual([jumps, outliers], [1, 0]);
  assert.equal(largest[0].factor, 10);
  assert.ok(Math.abs(largest[0].before - 1200) < 0.1);
  assert.equal(walk((i) => (i < 200 ? 10 : 50)).largest[0].factor, 1 / 5);
  assert.equal(walk((i) => (i < 200 ? 100 : 127)).largest[0].factor, null);
});

test('one that does not is an outlier, also at the end', () => {
  const { jumps, outliers, farthest } = walk((i) => (i === 150 ? 1 : i === 399 ? 900 : 100));
  assert.deepEqual([jumps, outliers], [0, 2]);
  assert.deepEqual(
    farthest.map(({ place }) => place),
    ['t.csv line 11', 't.csv line 50'],
  );
});

test('a market has neither', () => {
  const { jumps, outliers } = walk((i) => 100 + Math.sin(i));
  assert.deepEqual([jumps, outliers], [0, 0]);
});

test('steps by orders of magnitude are counted, whatever the mean step has become', () => {
  const swapped = walk((i) => (i < 200 ? 61_672 : i % 2 ? 2 : 0.1));
  assert.equal(swapped.leaps, 200);
  assert.ok(swapped.firstLeap !== null && swapped.firstLeap.before > 61_000 && swapped.firstLeap.price < 1);
  const { leaps, firstLeap } = walk((i) => (i < 200 ? 1000 : 500));
  assert.deepEqual([leaps, firstLeap], [0, null]);
});
