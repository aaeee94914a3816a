/** Every golden vector of test/golden/pandas: a new file there is covered without a line here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runFeatures } from '../run-features.ts';

/** Relative to max(1, |value|), or the largest value of a column below 1, which leaves room for the rounding of pandas' own running sums. */
const TOLERANCE = 1e-10;

type Column = readonly (number | null)[];

interface Case {
  readonly data: string;
  readonly expression: string;
  readonly outputs: readonly Column[];
}

const folder = new URL('./pandas/', import.meta.url);

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

function doubles(column: Column): Float64Array {
  return Float64Array.from(column, (value) => value ?? NaN);
}

const tables = readJson<Record<string, Record<string, Column>>>('data.json');

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.json') || file === 'data.json') continue;
  for (const { data, expression, outputs } of readJson<{ cases: Case[] }>(file).cases) {
    test(`pandas: ${expression} over ${data}`, () => {
      const table = Object.fromEntries(Object.entries(tables[data]).map(([name, column]) => [name, doubles(column)]));
      const found = Object.values(runFeatures([expression], table, [1, 7, 64]));
      assert.equal(found.length, outputs.length, 'number of outputs');
      outputs.forEach((column, k) => {
        const unit = Math.min(1, Math.max(...column.map((value) => Math.abs(value ?? 0)))) || 1;
        doubles(column).forEach((expected, row) => {
          const near = Math.abs(found[k][row] - expected) <= TOLERANCE * Math.max(unit, Math.abs(expected));
          const equal = near || (Number.isNaN(expected) && Number.isNaN(found[k][row]));
          assert.ok(equal, `row ${row}: expected ${expected}, found ${found[k][row]}`);
        });
      });
    });
  }
}
