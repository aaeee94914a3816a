import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIntake, INTAKE_SLOTS, type IntakePolicy, type Notice } from 'minotaur-core/internal/trades/intake';
import { createTape } from 'minotaur-core/internal/trades/tape';
import { market } from '../self-test/market.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { spoil, SPOILS } from './spoil.ts';

const policy: IntakePolicy = { duplicates: 'keep', disorder: 'keep', invalid: 'drop', gaps: 'keep', side: 'none' };

for (const way of SPOILS) {
  test(`${way}: what is said to be wrong is what the intake finds`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { block, problems, count } = spoil(market(400, seed), way, mulberry32(seed));
      const notices: Notice[] = [];
      const intake = createIntake(policy, new Float64Array(INTAKE_SLOTS), (notice) => notices.push(notice));
      intake.read(block, 0, block.length, createTape(block.length));
      assert.ok(count > 0, `seed ${seed}`);
      assert.deepEqual(
        notices.map(({ row, problem }) => [row, problem]),
        [...problems],
      );
    }
  });
}
