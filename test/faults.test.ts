/** The faults of a live session that docs/faults.md lists: each is tested, by a test that begins with its number, or says why not. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(new URL('../docs/faults.md', import.meta.url), 'utf8');

/** Numbers in the first column of the tables of one part of the page. */
const numbersIn = (text: string): number[] =>
  [...text.matchAll(/^\| *(\d+) *\|/gm)].map(([, number]) => Number(number));

/** Numbers that names of tests begin with. */
function tested(): Set<number> {
  const numbers = new Set<number>();
  for (const file of globSync(['packages/*/src/**/*.test.ts', 'test/**/*.ts'], { cwd: root })) {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    for (const [, list] of text.matchAll(/\btest\(\s*['"`]faults? ([\d, ]+?)(?: and (?:the rest|others))?:/g))
      for (const number of list.split(',')) numbers.add(Number(number));
  }
  return numbers;
}

test('every fault is listed, and tested or said not to be', () => {
  const [covered, untested = ''] = page.split('\n## Not tested');
  const listed = numbersIn(covered);
  assert.deepEqual(
    listed,
    Array.from({ length: 44 }, (_, i) => i + 1),
  );
  const excused = numbersIn(untested);
  const found = tested();
  assert.deepEqual(
    listed.filter((number) => !found.has(number) && !excused.includes(number)),
    [],
    'neither tested nor excused',
  );
  assert.deepEqual(
    excused.filter((number) => found.has(number)),
    [],
    'tested, and listed as not',
  );
});
