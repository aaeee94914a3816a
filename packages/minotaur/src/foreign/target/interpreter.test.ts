/** Which Python is taken, and what is said where there is none that will do. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findInterpreter } from './interpreter.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-python-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

const skip = process.platform === 'win32' ? 'programs of these tests are shell scripts' : false;

test('an interpreter that is absent, too old, or none', { skip }, async () => {
  await assert.rejects(
    findInterpreter(join(folder, 'absent')),
    /3\.9 or later; --python names it, found .*absent: no such program/,
  );
  await assert.rejects(findInterpreter(program('old', 'echo 3.7.16')), /found .*old, which is 3\.7\.16/);
  await assert.rejects(findInterpreter(program('two', 'echo 2.7.18')), /which is 2\.7\.18/);
  await assert.rejects(findInterpreter(program('other', 'echo hello')), /which is no Python/);
  await assert.rejects(
    findInterpreter(program('broken', 'echo no library >&2; exit 1')),
    /does not say its version: no library/,
  );
  writeFileSync(join(folder, 'plain'), 'text');
  await assert.rejects(findInterpreter(join(folder, 'plain')), /may not be run/);
  const good = program('good', 'echo 3.9.0');
  assert.equal(await findInterpreter(good), good);
});
