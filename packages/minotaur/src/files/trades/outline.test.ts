import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { simulate } from '../simulate.ts';
import { outlineTrades } from './outline.ts';
import { BLOCK_ROWS } from './source-block.ts';
import { writeTrades } from './write-trades.ts';

void test('files that are read to their end for it, of four blocks too, are counted and not estimated', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-outline-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [instrument] = createPlan(parseConfig('starter')).instruments;
  for (const name of ['trades.csv.gz', 'trades.parquet'])
    for (const trades of [3 * BLOCK_ROWS + 1, 4 * BLOCK_ROWS]) {
      const file = join(folder, name);
      await writeTrades(file, simulate({ trades, seed: 1 }));
      const outline = await outlineTrades([file], {}, instrument);
      let [first, last] = [NaN, NaN];
      for (const { time, length } of simulate({ trades, seed: 1 })) {
        if (first !== first) first = time[0];
        last = time[length - 1];
      }
      const span = (last - first) / 1e6;
      assert.equal(outline.trades, trades, name);
      assert.ok(Math.abs(outline.seconds - span) < 1e-3, `${name}: ${outline.seconds} s of ${span}`);
    }
});
