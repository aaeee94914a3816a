/** Every golden vector of test/golden/sklearn: a new file there is covered without a line here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { learnColumn } from '../../src/transform/column.ts';
import type { ColumnSpec } from '../../src/transform/spec.ts';
import { createTransform } from '../../src/transform/transform.ts';

/** Relative to max(1, |value|). */
const TOLERANCE = 1e-9;

type Column = readonly (number | string | null)[];

interface Golden {
  readonly spec: ColumnSpec;
  readonly cases: readonly {
    readonly data: string;
    readonly training: number;
    readonly expected: Column;
    readonly clipped?: Column;
    readonly lambda?: number;
  }[];
}

const folder = new URL('./sklearn/', import.meta.url);

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

function doubles(column: Column): Float64Array {
  return Float64Array.from(column, (value) => (value === null ? NaN : Number(value)));
}

const columns = readJson<Record<string, Column>>('data.json');

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.json') || file === 'data.json' || file === 'inverse_normal.json') continue;
  const { spec, cases } = readJson<Golden>(file);
  for (const { data, training, expected, clipped, lambda } of cases) {
    test(`scikit-learn: ${file.slice(0, -5)} of ${data}`, () => {
      const values = doubles(columns[data]);
      const learned = learnColumn('x', values.slice(0, training), spec);
      const { columns: names, apply } = createTransform([learned], ['x']);
      const found = new Float64Array(values.length * names.length);
      apply(values, values.length, found);
      let worst = 0;
      doubles(expected).forEach((value, row) => {
        const x = found[row * names.length];
        worst = Math.max(worst, Math.abs(x - value) / Math.max(1, Math.abs(value)));
        const near = Math.abs(x - value) <= TOLERANCE * Math.max(1, Math.abs(value));
        if (!process.env.W) assert.ok(near || (Number.isNaN(x) && Number.isNaN(value)), `row ${row}: expected ${value}, found ${x}`);
        if (clipped !== undefined) assert.equal(found[row * names.length + 1], clipped[row], `row ${row}: clipped`);
      });
      if (process.env.W) console.log(file, data, worst, lambda, learned.scale.lambda);
    });
  }
}
