import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openStudy } from '../../study/study.ts';
import { createPruning } from './trial.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-trial-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const EPOCHS = 2;

test('an epoch of a fold is judged by that fold: a high value of the fold before does not save the trial', async () => {
  const space = { rate: { kind: 'float', low: 0, high: 1 } } as const;
  const named = { storage: join(folder, 'study.db'), name: 'tune', direction: 'MAXIMIZE', resume: false } as const;
  const study = await openStudy({ ...named, space, terms: {} });
  const begin = () => {
    const trial = study.begin(9, () => ({ rate: 0.5 }));
    assert.ok(trial);
    return { trial, isPruned: createPruning({ study, pruner: 'median' }, trial) };
  };
  for (let k = 0; k < 5; k++) {
    const { trial, isPruned } = begin();
    for (const step of [1, 2]) isPruned(step, 0.7, 0);
    for (const step of [3, 4]) isPruned(step, 0.6, EPOCHS);
    study.end(trial, 'COMPLETE', {}, 0.6);
  }
  const { isPruned } = begin();
  assert.deepEqual([isPruned(1, 0.8, 0), isPruned(2, 0.8, 0)], [false, false]);
  assert.equal(isPruned(3, 0.55, EPOCHS), true);
  study.close();
});
