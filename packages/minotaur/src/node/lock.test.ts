import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { lockDirectory } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-lock-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const take = () => lockDirectory(folder, 'x.lock', 'a folder that nobody else writes');
const file = join(folder, 'x.lock');

test('one at a time; let go, it is had again', () => {
  const lock = take();
  assert.throws(take, new RegExp(`expected a folder that nobody else writes, found one of process ${process.pid}`));
  lock.release();
  take().release();
  assert.deepEqual(readdirSync(folder), []);
});

test('what a killed process left is no lock', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, `${pid} 1\n`);
  take().release();
});

test('a file without a word is one that begins, and some seconds later one that never will', () => {
  writeFileSync(file, '');
  assert.throws(take, /found one that begins/);
  const before = Date.now() / 1000 - 60;
  utimesSync(file, before, before);
  take().release();
});
