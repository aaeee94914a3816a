import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peeking } from '../../../../../test/peeking.ts';
import { parity } from '../checks/parity.ts';
import { reproduce } from './reproduce.ts';

for (const after of [0, 5, 40]) {
  // The row that peeks, the one it peeks at, and all that have to come before.
  test(`a failure that needs ${after + 2} trades is shrunk to them`, async () => {
    const least = await reproduce(peeking(after), parity);
    assert.ok(least !== undefined);
    assert.equal(least.length, after + 2);
    assert.ok(!least.outcome.holds);
    assert.ok(least.outcome.first !== null && 'feature' in least.outcome.first);
    assert.equal(least.outcome.first.feature, 'peek(close)');
  });
}

test('what holds has no reproducer', async () => {
  assert.equal(await reproduce(peeking(Infinity), parity), undefined);
});
