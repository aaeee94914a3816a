/** What is no table. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSide } from './open.ts';

test('an empty file is no table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-open-'));
  try {
    const path = join(folder, 'empty.csv');
    writeFileSync(path, '');
    await assert.rejects(openSide(path), /expected a table, found an empty file/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
