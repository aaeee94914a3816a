import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { openTrades } from './trade-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-blocks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('blocks stay whole while the next is prefetched, and reading can stop early', async () => {
  const file = join(folder, 'many.csv');
  const rows = Array.from({ length: 5000 }, (_, k) => `${k + 1},100,0.5,50,${1_723_161_255_342_001 + k},true,true\n`);
  writeFileSync(file, `id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n${rows.join('')}`);
  const source = await openTrades([file], { blockRows: 100 });
  let expected = 1;
  for await (const { block } of source.blocks()) {
    await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < block.length; i++) assert.equal(idNumber(block.id, i), expected++);
    if (expected > 2000) break;
  }
  source.close();
  assert.equal(expected, 2001);
});
