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
  for (const length of [3, 4, 9, 20, 400]) {
    test(`${way} in ${length} trades: what is said to be wrong is what the intake finds`, () => {
      let spoilt = 0;
      for (let seed = 1; seed <= 40; seed++) {
        const instrument = createInstrument('IT');
        const { block, problems, count } = spoil(market(length, seed), way, instrument, mulberry32(seed));
        const notices: Notice[] = [];
        const state = new Float64Array(INTAKE_SLOTS);
        const words = new Uint32Array(intakeWords(instrument));
        const intake = createIntake({ policy, instrument, state, words, report: (notice) => notices.push(notice) });
        intake.read(block, 0, block.length, createTape(block.length));
        spoilt += count;
        assert.ok(count > 0 || length < 400, `seed ${seed}`);
        assert.deepEqual(
          notices.map(({ row, problem }) => [row, problem]),
          [...problems],
        );
      }
      assert.ok(spoilt > 0);
    });
  }
}
