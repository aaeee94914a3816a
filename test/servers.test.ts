/** Servers that cannot be had: the script says so, by exit code 3 and in words. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './cli.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/servers.sh', import.meta.url));
const WORDS = { postgres: /no PostgreSQL/, redis: /no redis-server/, s3: /no object store/, slurm: /no Slurm/ };
const NEEDED = ['bash', 'dirname', 'realpath', 'mkdir', 'sort', 'tail', 'id'];

test('a server that is not installed ends with exit code 3 and words', { skip: process.platform !== 'linux' }, () => {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'scripts'));
  // From a folder without an environment of Python, with commands that need no server.
  const script = join(folder, 'scripts', 'servers.sh');
  cpSync(SCRIPT, script);
  for (const name of NEEDED) {
    const { stdout } = spawnSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(bin, name));
  }
  // As it answers where no directory of PostgreSQL is.
  writeFileSync(join(bin, 'ls'), '#!/bin/sh\nexit 2\n');
  chmodSync(join(bin, 'ls'), 0o755);
  for (const [name, words] of Object.entries(WORDS)) {
    const { status, stderr } = spawnSync(join(bin, 'bash'), [script, 'start', name, join(folder, name)], {
      encoding: 'utf8',
      env: { PATH: bin },
    });
    assert.equal(status, 3, `${name}: ${stderr}`);
    assert.match(stderr, words);
  }
});
