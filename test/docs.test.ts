/** The generated pages are those that the sources make: one that is out of date says something that is not so. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { docPages } from '../scripts/docs/pages.ts';

const docs = new URL('../docs/', import.meta.url);

test('the committed pages are those that npm run docs makes', () => {
  const pages = docPages();
  for (const [path, text] of pages) {
    assert.ok(readFileSync(new URL(path, docs), 'utf8') === text, `docs/${path} is out of date: npm run docs`);
  }
  const committed = readdirSync(new URL('operators/', docs), { recursive: true, encoding: 'utf8' });
  const files = committed.filter((name) => /\.(md|svg)$/.test(name)).map((name) => `operators/${name}`);
  assert.deepEqual(
    files.filter((path) => !pages.has(path)),
    [],
    'pages of operators that are not there',
  );
});
