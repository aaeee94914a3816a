import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createChunkWriter } from './parquet-chunks.ts';

test('of a page is kept what it is when it is compressed, and not the room that the compressor took for it', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const page = new Uint8Array(1 << 15);
  const chunk = createChunkWriter();
  const held = (): number => {
    collect();
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  const pages = 1000;
  for (let i = 0; i < pages; i++) chunk.addPage(page, page.length / 8);
  const each = (held() - before) / pages;
  // Some 20 bytes; with the compressor's room it would be 16 kB.
  assert.ok(each < 2000, `${each} bytes`);
});
