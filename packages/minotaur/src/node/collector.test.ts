import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('this Node knows what the collector is told: of a setting that it does not know it complains', () => {
  const tell = (code: string) =>
    spawnSync(process.execPath, ['--conditions=minotaur-source', '--input-type=module', '--eval', code], {
      encoding: 'utf8',
    });
  const url = JSON.stringify(new URL('./collector.ts', import.meta.url).href);
  const own = tell(`import { markAsOldGrow } from ${url}; markAsOldGrow();`);
  assert.deepEqual([own.status, own.stdout, own.stderr], [0, '', '']);
  const other = tell("import { setFlagsFromString } from 'node:v8'; setFlagsFromString('--no-setting-of-v8');");
  assert.match(other.stderr, /no-setting-of-v8/);
});
