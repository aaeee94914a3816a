import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepLast } from './kept.ts';

test('what was asked for last is kept, what was not for longest goes, and what failed is tried again', async () => {
  const made: number[] = [];
  const get = keepLast(2, (key: number) => {
    made.push(key);
    return key < 0 && made.length < 6 ? Promise.reject(new Error('not now')) : Promise.resolve(2 * key);
  });
  assert.deepEqual([await get(1), await get(2), await get(1)], [2, 4, 2]);
  assert.deepEqual(made, [1, 2]);
  await get(3);
  await get(1);
  assert.deepEqual(made, [1, 2, 3]);
  await get(2);
  assert.deepEqual(made, [1, 2, 3, 2]);
  await assert.rejects(get(-1), /not now/);
  assert.equal(await get(-1), -2);
});
