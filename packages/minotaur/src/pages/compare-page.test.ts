/** The page and the lines of a comparison say values as people write them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compareLines } from '../cli/print/compare.ts';
import { compare, type CompareReport } from '../runs/comparison/compare.ts';
import { comparePage } from './compare-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-compare-page-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = 'time,action,opened_at,price';
const isoOf = (minute: number): string => new Date(1.7e12 + minute * 60e3).toISOString();
const rows = Array.from({ length: 60 }, (_, i) => [isoOf(i), i % 3 === 0 ? 'buy' : 'sell', isoOf(i - 5), 100 + i / 8]);

function compared(other: readonly (readonly (string | number)[])[]): Promise<CompareReport> {
  const write = (name: string, all: typeof other): string => {
    const path = join(folder, name);
    writeFileSync(path, [HEAD, ...all.map((row) => row.join(','))].join('\n'));
    return path;
  };
  return compare({ a: write('a.csv', rows), b: write('b.csv', other) });
}

/** Row 40 with another value in each column. */
const changed = rows.map((row, i) => (i === 40 ? [row[0], '<hold>', isoOf(0), 'inf'] : row));

test('words are words, times are times, and what is infinite is said', async () => {
  const report = await compared(changed);
  const firsts = report.differing.map(({ kind, first: { a, b } }) => [kind, a, b]);
  assert.deepEqual(firsts, [
    ['text', 'sell', '<hold>'],
    ['time', 1.7e15 + 35 * 60e6, 1.7e15],
    ['number', 105, Infinity],
  ]);
  const lines = compareLines(report);
  assert.match(lines, /1 row, 1\.67 %, from 2023-11-14T22:53:20Z on \(sell in A, <hold> in B\)/);
  assert.match(
    lines.replace(/\s+/g, ' '),
    /2023-11-14T22:48:20Z in A, 2023-11-14T22:13:20Z in B\); by 35\.0 min at most/,
  );
  const page = comparePage(report);
  assert.match(page, /sell in A, &lt;hold> in B/);
  assert.match(page, /<b>2023-11-14T22:48:20Z<\/b>/);
  assert.match(page, /<b>Infinity<\/b>/);
  // Codes of words and microseconds have 15 digits and more.
  assert.doesNotMatch(`${page}${lines}`, /\d{13}/);
  // Of the three only the price has numbers to draw.
  assert.equal(page.match(/Where they part</g)?.length, 1);
});

test('a word that stands against a number is a word, and the number a number', async () => {
  const report = await compared(rows.map((row, i) => [...row.slice(0, 3), i % 2 === 0 ? 'high' : 'low']));
  const { kind, first } = report.differing[0];
  assert.deepEqual([kind, first.a, first.b], ['text', 100, 'high']);
});

test('one row, one column, and none that is explained', async () => {
  const page = comparePage(await compared(changed.slice(0, 40).concat(rows.slice(41))));
  assert.match(page, /59 rows that both have, 1 row in A alone; 3 columns, 3 the same, none differs/);
  assert.doesNotMatch(page, /\b1 rows|\b1 columns/);
});
