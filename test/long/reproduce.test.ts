/** A failure that takes as many runs to be made small as there may be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parity } from '../../packages/minotaur/src/verify/checks/parity.ts';
import { reproduce } from '../../packages/minotaur/src/verify/harness/reproduce.ts';
import { peeking } from '../peeking.ts';

test('a failure that needs 402 trades is shrunk to them', async () => {
  const least = await reproduce(peeking(400), parity);
  assert.ok(least !== undefined);
  assert.deepEqual([least.length, least.runs], [402, 2002]);
  assert.ok(!least.outcome.holds);
  assert.ok(least.outcome.first !== null && 'feature' in least.outcome.first);
  assert.equal(least.outcome.first.feature, 'peek(close)');
});
