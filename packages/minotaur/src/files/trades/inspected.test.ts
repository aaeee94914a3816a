import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTrades } from './trade-source.ts';
import { writeTrades } from './write-trades.ts';
import { simulate } from '../simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-inspected-'));
after(() => rmSync(folder, { recursive: true }));

test('inspected: the rows of other symbols are counted instead of refused, the quote column is read beside the trades', async () => {
  const text =
    'symbol,time,price,qty,quote_qty,side\nA,1700000000000,2,3,6,buy\nB,1700000000001,2,3,7,sell\nB,1700000000002,2,4,8,\n';
  const csv = join(folder, 'inspected.csv');
  writeFileSync(csv, text);
  const source = await openTrades([csv], { inspect: true });
  for await (const { block, quote } of source.blocks()) {
    assert.deepEqual([block.length, quote?.[0]], [1, 6]);
  }
  assert.deepEqual([...source.others], [['B', 2]]);
  const own = await openTrades([csv], { inspect: true, instrument: { symbol: 'B' } });
  for await (const { quote } of own.blocks()) assert.deepEqual([...(quote?.subarray(0, 2) ?? [])], [7, 8]);
  await assert.rejects(openTrades([csv]), /one symbol.*A, B/);
});

test('evidence of a layout: its columns by name or place, and whose side its sides are', async () => {
  const parquet = join(folder, 'trades.parquet');
  await writeTrades(parquet, simulate({ trades: 10, seed: 1 }));
  const { layouts, close } = await openTrades([parquet], { inspect: true });
  close();
  assert.equal(layouts[0].columns?.['price'], 'price');
  assert.equal(typeof layouts[0].sideMeans, 'string');
});
