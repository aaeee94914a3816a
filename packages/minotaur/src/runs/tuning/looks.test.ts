import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordLook } from './looks.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-looks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const look = { digest: 'a'.repeat(64), study: 'one', name: 'tune', model: 'm', tried: 3 };

test('looks are counted; one that is being written is none yet', () => {
  const splits = join(folder, 'split.parquet');
  const directory = join(folder, 'split.looks');
  mkdirSync(directory);
  writeFileSync(join(directory, `${'a'.repeat(16)}.1.json.draft-other`), '{ "half":');
  assert.equal(recordLook(splits, look).number, 1);
  assert.equal(recordLook(splits, look).number, 1);
  assert.equal(recordLook(splits, { ...look, study: 'two' }).number, 2);
});
