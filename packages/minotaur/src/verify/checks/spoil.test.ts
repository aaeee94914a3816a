import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createIntake,
  DEFAULT_POLICY,
  INTAKE_SLOTS,
  intakeWords,
  type IntakePolicy,
  type Notice,
} from 'minotaur-core/internal/trades/intake';
import { createInstrument } from 'minotaur-core/internal/trades/instrument';
import { createTape } from 'minotaur-core/internal/trades/tape';
import { market } from '../self-test/market.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { spoil, SPOILS } from './spoil.ts';

const policy: IntakePolicy = { ...DEFAULT_POLICY, duplicates: 'keep', disorder: 'keep' };

for (const way of SPOILS) {
  test(`${way}: what is said to be wrong is what the intake finds`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { block, problems, count } = spoil(market(400, seed), way, mulberry32(seed));
      const notices: Notice[] = [];
      const instrument = createInstrument('IT');
      const state = new Float64Array(INTAKE_SLOTS);
      const words = new Uint32Array(intakeWords(instrument));
      const intake = createIntake({ policy, instrument, state, words, report: (notice) => notices.push(notice) });
      intake.read(block, 0, block.length, createTape(block.length));
      assert.ok(count > 0, `seed ${seed}`);
      assert.deepEqual(
        notices.map(({ row, problem }) => [row, problem]),
        [...problems],
      );
    }
  });
}
