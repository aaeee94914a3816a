/** Every link of the documents leads somewhere: to a file that is there, and to a heading in it. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { anchorOf } from '../scripts/site/anchor.ts';

const root = join(import.meta.dirname, '..');
const documents = [
  '*.md',
  'docs/*.md',
  'docs/decisions/*.md',
  'docs/operators/*.md',
  'packages/*/README.md',
  'examples/**/*.md',
]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort();

const anchorsOf = (path: string): Set<string> =>
  new Set([...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)));

test('every link of the documents leads to what is there', () => {
  assert.ok(documents.length > 250);
  const broken: string[] = [];
  let links = 0;
  for (const document of documents) {
    // What stands in code is no link.
    const text = readFileSync(join(root, document), 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      links++;
      const [path, anchor] = link.split('#');
      const target = path === '' ? join(root, document) : join(root, dirname(document), path);
      const isThere = existsSync(target) && (anchor === undefined || anchorsOf(target).has(anchor));
      if (!isThere) broken.push(`${document}: ${link}`);
    }
  }
  assert.ok(links > 300, `${links} links`);
  assert.deepEqual(broken, []);
});
