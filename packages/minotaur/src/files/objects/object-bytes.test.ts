import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { askedChunks, readPart } from './object-bytes.ts';
import { openPlaces } from './places.ts';

test('a part of a file is whole or refused, never filled up with zeros', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-part-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'rows.parquet');
  writeFileSync(file, 'abcdefgh');
  const handle = await open(file);
  try {
    assert.equal(String(await readPart(handle, file, 2, 4)), 'cdef');
    assert.equal(String(await readPart(handle, file, 4, 4)), 'efgh');
    await assert.rejects(readPart(handle, file, 4, 8), /rows\.parquet: expected 12 bytes at least.*found 8$/);
  } finally {
    await handle.close();
  }
});

test('a connection that breaks within an object names it', async () => {
  const broken = async function* () {
    yield Buffer.from('first');
    await Promise.resolve();
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  };
  const seen: string[] = [];
  await assert.rejects(async () => {
    for await (const chunk of askedChunks('s3://b/k', broken())) seen.push(Buffer.from(chunk).toString());
  }, /s3:\/\/b\/k: expected an object store that gives or takes it, found ECONNRESET: aborted/);
  assert.deepEqual(seen, ['first']);
});

test('a file that is named is that file, whatever signs are in its name', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-place-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const places = openPlaces();
  t.after(() => places.close());
  writeFileSync(join(folder, 't1.csv'), 'abc');
  await assert.rejects(places.file(join(folder, 't[1].csv')), /t\[1\]\.csv: expected a file that can be read/);
  assert.equal((await places.file(join(folder, 't1.csv'))).bytes, 3);
  assert.equal((await places.expand([join(folder, 't[1].csv')]))[0].path, join(folder, 't1.csv'));
});
