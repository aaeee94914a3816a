/** The example of a network of one's own runs as docs/networks.md says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeArguments } from './cli.ts';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/networks.md', root), 'utf8');

test('it is what the page shows, and it learns', () => {
  const [, path, text] = /```ts\n\/\/ (examples\/\S+)\n([\s\S]*?)```/.exec(page) ?? [];
  assert.equal(text, readFileSync(new URL(path, root), 'utf8'));
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    [...nodeArguments, '--test', path.replace('.ts', '.test.ts')],
    { cwd: fileURLToPath(root), encoding: 'utf8', env },
  );
  assert.equal(status, 0, stdout);
  assert.match(stdout, /pass 1\n/);
});
