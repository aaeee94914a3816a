/** docs/testing.md shows tests: they are those of the examples, and they run as it says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LAWS } from '../packages/minotaur/src/verify/testing/operator-laws/index.ts';
import { nodeArguments } from './cli.ts';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/testing.md', root), 'utf8');
const examples = [...page.matchAll(/```ts\n\/\/ (examples\/\S+)\n([\s\S]*?)```/g)].map(([, path, text]) => ({
  path,
  text,
}));

test('the examples are there', () => {
  assert.deepEqual(
    examples.map(({ path }) => path),
    ['examples/own-operator/up-share.test.ts', 'examples/own-bar-kind/buys.test.ts'],
  );
});

for (const { path, text } of examples) {
  test(`${path} is what the page shows, and passes`, () => {
    assert.equal(text, readFileSync(new URL(path, root), 'utf8'));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, [...nodeArguments, '--test', path], {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
      env,
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass 1\n/);
  });
}

test('the page names every law', () => {
  assert.deepEqual(
    LAWS.map(({ name }) => name).filter((name) => !page.includes(`| ${name} |`)),
    [],
  );
});
