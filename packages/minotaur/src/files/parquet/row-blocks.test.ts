import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readBlocks, readCodes } from './row-blocks.ts';
import { createTableWriter } from './table-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-blocks-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a.parquet');
const count = 5000;
const odd = Float64Array.from({ length: count }, (_, i) => [Infinity, -Infinity, NaN, 5e-324, 1 / 3, -1e300][i % 6]);
const time = Float64Array.from({ length: count }, (_, i) => 1_700_000_000_000_000 + i);
const words = Array.from({ length: count }, (_, i) => ['train', 'test', 'other'][i % 3]);
const writer = createTableWriter(file, [
  { name: 'time', type: 'BIGINT' },
  { name: 'word', type: 'VARCHAR' },
  { name: 'odd "one"', type: 'DOUBLE' },
]);
writer.appendColumns(count, [time, words, odd]);
writer.commit();

test('blocks follow each other in file order, every value as it was written', async () => {
  let at = 0;
  let blocks = 0;
  for await (const block of readBlocks(file, ['odd "one"', 'time'])) {
    assert.deepEqual(block.columns[0], odd.subarray(at, at + block.count));
    assert.deepEqual(block.columns[1], time.subarray(at, at + block.count));
    at += block.count;
    blocks++;
  }
  assert.equal(at, count);
  assert.ok(blocks > 1);
});

test('a column that is not there is named', async () => {
  await assert.rejects(readBlocks(file, ['even']).next(), /a\.parquet: expected a column even, found none/);
});

test('texts as codes', async () => {
  const codes = await readCodes(file, 'word', ['none', 'train', 'test']);
  assert.deepEqual(
    codes,
    Int8Array.from(words, (word) => ['none', 'train', 'test'].indexOf(word)),
  );
});
