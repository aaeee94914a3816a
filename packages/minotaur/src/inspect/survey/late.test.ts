import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateHandling } from './late.ts';

test('a little late is put in order, a few are dropped, the rest is sorted', () => {
  assert.equal(lateHandling(5, 1000, 0.018).text, '{ reorder: { within: 18ms } }');
  assert.equal(lateHandling(5, 1000, 1.2).text, '{ reorder: { within: 2s } }');
  assert.equal(lateHandling(1, 1000, 60).text, '{ disorder: drop }');
  assert.equal(lateHandling(500, 1000, 60).text, '{ sort: true }');
});
