/** What `compare` prints. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareLines } from './compare.ts';

test('one row of one column is not rows of columns', () => {
  const side = { name: 'a.csv', what: 'text', rows: 1, columns: 1, key: null };
  const lines = compareLines({
    equal: true,
    a: side,
    b: { ...side, rows: 2, columns: 1200 },
    isTime: false,
    rows: 1,
    alone: { a: 0, b: 1 },
    columns: 1,
    same: 1,
    findings: [],
    differing: [],
    onlyA: [],
    onlyB: [''],
    seconds: 0,
  }).split('\n');
  assert.equal(lines[0], 'A         a.csv: text, 1 row of 1 column');
  assert.equal(lines[1], 'B         a.csv: text, 2 rows of 1,200 columns');
  assert.ok(lines.includes("only in B ''"));
});
