/** What is no table, and what is not opened to its end. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

test('a text table that is not wanted any more is not read to its end, and leaves no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-open-'));
  const { TMPDIR } = process.env;
  try {
    const path = join(folder, 'long.csv');
    const rows = Array.from({ length: 20_000 }, (_, i) => `${1.7e9 + i},${i}`);
    writeFileSync(path, ['time,x', ...rows].join('\n'));
    process.env['TMPDIR'] = folder;
    await assert.rejects(openSide(path, AbortSignal.abort(new Error('stopped'))), /^Error: stopped$/);
    assert.deepEqual(readdirSync(folder), ['long.csv']);
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  }
});
