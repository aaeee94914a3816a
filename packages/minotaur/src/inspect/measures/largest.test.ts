import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLargest } from './largest.ts';

test('the largest first, of equal ones the first, and nothing is made of others', () => {
  const largest = createLargest<string>(2);
  let made = 0;
  for (const [key, item] of [
    [1, 'a'],
    [3, 'b'],
    [3, 'c'],
    [2, 'd'],
    [0, 'e'],
  ] as const)
    largest.add(key, () => {
      made++;
      return item;
    });
  assert.deepEqual(largest.list(), ['b', 'c']);
  assert.equal(made, 3);
});
