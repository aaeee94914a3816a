/** Columns of words: no causes of numbers, and words in words. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSide } from '../sides/open.ts';
import { compareSides } from './compare.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-words-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const WORDS = ['buy', 'sell', 'hold'];
const words = Array.from({ length: 90 }, (_, i) => WORDS[(i * i + (i >> 2)) % 3]);

async function causeOf(b: readonly string[]): Promise<string> {
  const write = (file: string, list: readonly string[]): string => {
    const path = join(folder, file);
    const rows = list.map((word, i) => `${new Date(1.7e12 + i * 60e3).toISOString()},${word}`);
    writeFileSync(path, ['time,action', ...rows].join('\n'));
    return path;
  };
  const [x, y] = [await openSide(write('a.csv', words)), await openSide(write('b.csv', b))];
  try {
    const { differing } = await compareSides(x, y);
    assert.ok(differing.every(({ absolute, relative, ulps }) => absolute + relative + ulps === 0));
    return differing.flatMap(({ causes }) => causes.map(({ cause, text }) => `${cause}: ${text}`)).join('; ');
  } finally {
    x.close();
    y.close();
  }
}

test('what words stand for, and where they stand, explains them', async () => {
  const upper = words.map((word) => (word === 'hold' ? 'wait' : word));
  assert.equal(await causeOf(upper), "other words: the same under other words: 'hold' is 'wait'");
  assert.match(await causeOf(['buy', 'buy', ...words.slice(0, -2)]), /^lag: A 2 rows late/);
  assert.match(await causeOf(words.map((word, i) => (i < 9 ? '' : word))), /^longer warm-up/);
});

test('words that differ by themselves or without a rule are shown', async () => {
  const one = words.map((word, i) => (i === 40 ? 'exit' : word));
  assert.equal(
    await causeOf(one),
    `single rows: one row differs by itself, first 2023-11-14T22:53:20Z: '${words[40]}' in A is 'exit' in B`,
  );
  const other = words.map((_, i) => WORDS[(i * 7 + (i >> 1)) % 3]);
  assert.match(await causeOf(other), /^unrelated: other words without a rule: first '\w+' in A is '\w+' in B$/);
});

/** What is said of the column `x` of two text tables of 60 rows. */
async function toldOf(a: (i: number) => string, b: (i: number) => string, name = 'x'): Promise<string[]> {
  const write = (file: string, cell: (i: number) => string): string => {
    const path = join(folder, file);
    const rows = Array.from({ length: 60 }, (_, i) => `${new Date(1.7e12 + i * 60e3).toISOString()},${cell(i)}`);
    writeFileSync(path, [`time,${name}`, ...rows].join('\n'));
    return path;
  };
  const [x, y] = [await openSide(write('x.csv', a)), await openSide(write('y.csv', b))];
  try {
    const { differing } = await compareSides(x, y);
    return differing.flatMap(({ causes }) => causes.map(({ text }) => text));
  } finally {
    x.close();
    y.close();
  }
}

test('beside words numbers are said as numbers, and flags are numbers', async () => {
  const sides = ['up', 'down', 'flat'];
  assert.deepEqual(
    await toldOf(
      (i) => String(i % 3),
      (i) => sides[i % 3],
    ),
    ["the same under other words: 0 is 'up', 1 is 'down', 2 is 'flat'"],
  );
  const first = await toldOf(
    (i) => `${i}.5`,
    (i) => `"${i},5"`,
  );
  assert.deepEqual(first, ["other words without a rule: first 0.5 in A is '0,5' in B"]);
  assert.deepEqual(
    await toldOf(
      (i) => String(i % 2),
      (i) => (i % 2 === 1 ? 'True' : 'False'),
    ),
    [],
  );
});

test('words for no value are no words', async () => {
  const none = ['', 'nan', 'NULL', 'None', 'n/a', '#N/A', '<NA>', 'NaT'];
  assert.deepEqual(
    await toldOf(
      (i) => (i % 9 === 8 ? String(i) : ''),
      (i) => (i % 9 === 8 ? String(i) : none[i % 9]),
    ),
    [],
  );
});
