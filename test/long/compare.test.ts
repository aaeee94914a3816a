/** `compare` put to the test whole: 500 tables, every kind of cause, alone and in pairs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSelfTest } from '../../packages/minotaur/src/runs/comparison/self-test.ts';

test('of 500 planted tables nearly all causes are named, and no column without one differs', async () => {
  const { kinds, single, pairs, clean, missed } = await compareSelfTest({ tables: 500, seed: 1 });
  const words = missed
    .map(({ planted, where, found }) => `${planted.join(' + ')} in ${where}: ${found.join(', ')}`)
    .join('\n');
  assert.ok(kinds >= 40);
  assert.equal(clean.alarms, 0);
  assert.ok(single.named >= 0.97 * single.planted, words);
  assert.ok(pairs.named >= 0.9 * pairs.planted, words);
});
