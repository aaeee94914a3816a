import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRing } from './ring.ts';

test('a ring has the newest of what went in, by its number', () => {
  const ring = createRing<number>(5);
  assert.deepEqual([ring.first, ring.next, ring.at(0)], [0, 0, undefined]);
  for (let i = 0; i < 23; i++) {
    ring.push(2 * i);
    assert.equal(ring.next, i + 1);
    assert.equal(ring.first, Math.max(0, i - 4));
    for (let n = -1; n <= i + 2; n++)
      assert.equal(ring.at(n), n >= ring.first && n <= i ? 2 * n : undefined, `${n} of ${i}`);
  }
});

test('its search finds the first of those that hold', () => {
  const ring = createRing<number>(7);
  assert.equal(
    ring.search(() => true),
    0,
  );
  for (let i = 0; i < 40; i++) {
    ring.push(i);
    for (let least = -1; least <= i + 1; least++)
      assert.equal(
        ring.search((item) => item >= least),
        Math.min(Math.max(least, ring.first), ring.next),
      );
  }
});
