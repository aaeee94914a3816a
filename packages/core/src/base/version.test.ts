import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ENGINE_VERSION } from './version.ts';

test('every package has the version that the library knows', () => {
  for (const name of ['core', 'view', 'minotaur']) {
    const file = new URL(`../../../${name}/package.json`, import.meta.url);
    assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version, ENGINE_VERSION, name);
  }
});
