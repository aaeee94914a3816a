import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { StoredTrial } from '../../study/trials.ts';
import type { Development } from './folds.ts';
import { readReturns, writeOutOfFold } from './out-of-fold.ts';
import { bestTrial } from './winner.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-returns-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what two instruments gain at one time is one return; of one trial alone no ratio can be deflated', async () => {
  const parts = ['A', 'B'].map((symbol, k) => ({ symbol, from: 2 * k, to: 2 * k + 2 }));
  const pool = { time: Float64Array.of(10, 20, 10, 20), parts };
  const seed = {
    rows: Int32Array.of(0, 2, 1, 3),
    label: Float64Array.of(1, 0, 1, 0),
    probability: new Float64Array(4).fill(0.5),
    gained: Float64Array.of(1, 2, 4, 8),
    rocAuc: 0.5,
  };
  writeOutOfFold(folder, { pool } as unknown as Development, [[seed]]);
  assert.deepEqual([...(await readReturns(folder))], [3, 12]);
  const told = { directory: '.', parameters: {}, configuration: {}, folds: [{ rocAuc: 0.5 }] };
  const trial = { number: 0, state: 'COMPLETE', value: 0.5, attributes: told } as unknown as StoredTrial;
  const pruned = { number: 1, state: 'PRUNED', attributes: {} } as unknown as StoredTrial;
  assert.equal((await bestTrial(folder, [trial, pruned]))?.best.sharpe, null);
  const again = { ...trial, number: 2 };
  assert.equal((await bestTrial(folder, [trial, again]))?.best.sharpe?.periods, 2);
});
