import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { idText } from 'minotaur-core/internal/trades/id';
import { placeOf } from './source-block.ts';
import { openTrades } from './trade-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-sorted-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const T = 1_700_000_000_000;

async function read(lines: readonly string[], blockRows: number): Promise<string[]> {
  const file = join(folder, 'trades.csv');
  writeFileSync(file, ['id,time,price,quantity,side', ...lines].join('\n'));
  const source = await openTrades([file], { sort: true, blockRows, instrument: { symbol: 'X' } });
  const found: string[] = [];
  for await (const { block, ...where } of source.blocks()) {
    for (let i = 0; i < block.length; i++)
      found.push(
        `${idText(block.id, i)} at ${(block.time[i] - T * 1000) / 1000}: ${placeOf(where, i).slice(folder.length + 1)}`,
      );
  }
  source.close();
  return found;
}

test('by time, then by number, with the lines that they were; whatever the blocks are', async () => {
  const lines = [`12,${T + 5},1,1,buy`, `9,${T},1,1,sideways`, `11,${T + 5},1,1,sell`, `10,${T + 1},1,1,buy`];
  const expected = [
    '9 at 0: trades.csv line 3, side "sideways"',
    '10 at 1: trades.csv line 5',
    '11 at 5: trades.csv line 4',
    '12 at 5: trades.csv line 2',
  ];
  for (const blockRows of [1, 3, 100]) assert.deepEqual(await read(lines, blockRows), expected);
});

test('ids that are no numbers leave trades of one time as they stand', async () => {
  const lines = ['b', 'a', 'c'].map((id, i) => `${id}${id},${T + (i === 2 ? 0 : 1)},1,1,buy`);
  const found = await read(lines, 100);
  assert.deepEqual(
    found.map((text) => text.slice(-6)),
    ['line 4', 'line 2', 'line 3'],
  );
});

test('newest first: trades of one time are turned around as well, where no ids say how they follow each other', async () => {
  const ids = ['f', 'e', 'd', 'c', 'b', 'a'];
  const lines = ids.map((id, i) => `${id}${id},${T + 2 - (i >> 1)},1,1,buy`);
  const found = await read(lines, 100);
  assert.deepEqual(
    found.map((text) => text.slice(-6)),
    [7, 6, 5, 4, 3, 2].map((line) => `line ${line}`),
  );
});
