import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { lockDirectory } from './lock.ts';
import { makeDirectory } from './writing.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-writing-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(folder, ...names);

test('a directory is made with those above it, and taken away with them where they are empty', () => {
  const unmake = makeDirectory(at('a', 'b', 'c'));
  writeFileSync(at('a', 'other'), '');
  unmake();
  assert.deepEqual([existsSync(at('a', 'b')), existsSync(at('a', 'other'))], [false, true]);
  mkdirSync(at('there'));
  makeDirectory(at('there'))();
  assert.ok(existsSync(at('there')), 'what was there stays');
});

test('a place where none can be made is refused at once', () => {
  writeFileSync(at('file'), '');
  symlinkSync('nowhere', at('link'));
  const cases = [
    [at('file'), /file: expected a directory, or a name that is free, found a file/],
    [at('file', 'below'), /below: expected a place that can be written.*a file where a directory was expected/],
    [at('link', 'below'), /below: expected a place that can be written/],
    [at('x'.repeat(300)), /found a name that is too long/],
  ] as const;
  for (const [path, message] of cases) {
    assert.throws(() => makeDirectory(path), message);
    assert.throws(() => lockDirectory(path, 'lock', 'one that is free'), message);
  }
});

// Of a directory there the system says that it is none, which Node's own recursive way never ends on.
test('so is one below /proc', existsSync('/proc/self') ? {} : { skip: 'no /proc' }, () => {
  for (const path of ['/proc/minotaur', '/proc/minotaur/below'])
    assert.throws(() => makeDirectory(path), /expected a place that can be written, with room enough, found no such/);
});
