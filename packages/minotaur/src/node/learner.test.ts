import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomCount } from './learner.ts';

test('two rooms a thread, but of many rows no more than 256 MiB hold, and one at least', () => {
  assert.equal(roomCount(3, 1000), 6);
  assert.equal(roomCount(128, 1_000_000), 33);
  assert.equal(roomCount(128, 100_000_000), 1);
  assert.equal(roomCount(1, 0), 2);
});
