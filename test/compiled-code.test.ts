/** Compiled code that a command keeps, in a built package: what it is called by, and that nothing but time hangs on it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './cli.ts';

const BIN = join(import.meta.dirname, '../packages/minotaur/bin/minotaur.js');
// Node keeps no compiled code while coverage is being measured.
const alone = process.env['NODE_V8_COVERAGE'] === undefined ? {} : { skip: 'coverage is being measured' };

/** Commands in a folder of their own, which keep what is compiled there. */
function place() {
  const cwd = temporaryFolder();
  const cache = join(cwd, 'cache');
  const env = { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: cache };
  return {
    cwd,
    run: (...args: readonly string[]) => spawnSync(process.execPath, [BIN, ...args], { cwd, encoding: 'utf8', env }),
    /** Files that are kept of a command. */
    kept: (command: string) => globSync(`${cache}/*/*.js-${command}-*`).sort(),
  };
}

const SIMULATE = ['simulate', '--trades', '500', '--out', 't.csv.gz'] as const;

test('what a command compiled is kept, of each by itself, and it gives the same with it', alone, () => {
  const { cwd, run, kept } = place();
  assert.equal(run(...SIMULATE).status, 0);
  const first = readFileSync(join(cwd, 't.csv.gz'));
  const files = kept('simulate');
  assert.ok(
    files.some((file) => basename(file).startsWith('command.js-')),
    files.join(),
  );
  assert.deepEqual(kept('venues'), []);
  const before = files.map((file) => readFileSync(file));
  assert.equal(run(...SIMULATE).status, 0);
  assert.deepEqual(readFileSync(join(cwd, 't.csv.gz')), first);
  // Taken as it is: it would have been written anew.
  assert.deepEqual(
    files.map((file) => readFileSync(file)),
    before,
  );
  assert.equal(run('venues').status, 0);
  assert.notDeepEqual(kept('venues'), []);
});

test('what was kept and is not whole is compiled anew', alone, () => {
  const { run, kept } = place();
  const { stdout } = run('venues', '--json');
  for (const file of kept('venues')) {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length >> 1));
  }
  const again = run('venues', '--json');
  assert.deepEqual([again.status, again.stdout, again.stderr], [0, stdout, '']);
  for (const file of kept('venues')) {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
  }
  assert.equal(run('venues', '--json').stdout, stdout);
});

test('nothing is kept of what is no command, of one that fails, or where Node keeps nothing', alone, () => {
  const { run, kept, cwd } = place();
  assert.equal(run('bild').status, 2);
  assert.equal(run('build', '--trades', 'none.parquet', '--out', 'out').status, 2);
  assert.deepEqual(kept('*'), []);
  const env = { ...process.env, NODE_OPTIONS: '', NODE_DISABLE_COMPILE_CACHE: '1' };
  const { status, stdout } = spawnSync(process.execPath, [BIN, 'venues'], { cwd, encoding: 'utf8', env });
  assert.equal(status, 0);
  assert.equal(stdout, run('venues').stdout);
  assert.ok(existsSync(join(cwd, 'cache')));
});
