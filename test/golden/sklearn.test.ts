/** Every golden vector of test/golden/sklearn: a new file there is covered without a line here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { learnColumn } from '../../packages/core/src/transform/column.ts';
import { inverseNormal } from '../../packages/core/src/numeric/normal.ts';
import { applyScale, scaleKernel, yeoJohnsonAt } from '../../packages/core/src/transform/scale.ts';
import type { ColumnSpec } from '../../packages/core/src/transform/spec.ts';
import { createTransform } from '../../packages/core/src/transform/transform.ts';

/** Relative to max(1, |value|). */
const TOLERANCE = 1e-9;
/**
 * Near its maximum the likelihood of lambda is flat to within the rounding of its sums, so that scikit-learn's own lambda,
 * and with it its values, moves by 1e-8 when the rows are shuffled. Under the same lambda the values agree to TOLERANCE.
 */
const LAMBDA_TOLERANCE = 1e-7;

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

function assertNear(found: number, expected: number, tolerance: number, where: string): void {
  const near = Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));
  assert.ok(near || (Number.isNaN(found) && Number.isNaN(expected)), `${where}: expected ${expected}, found ${found}`);
}

/** All of `values` through what was learned of the first `training`; value and flag by turns where there is a flag. */
function transform(spec: ColumnSpec, values: Float64Array, training: number): { found: Float64Array; width: number } {
  const learned = learnColumn('x', values.slice(0, training), spec);
  const { columns: names, apply } = createTransform([JSON.parse(JSON.stringify(learned)) as typeof learned], ['x']);
  const found = new Float64Array(values.length * names.length);
  apply(values, values.length, found);
  return { found, width: names.length };
}

const columns = readJson<Record<string, Column>>('data.json');

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.json') || file === 'data.json' || file === 'inverse_normal.json') continue;
  const { spec, cases } = readJson<Golden>(file);
  for (const { data, training, expected, clipped, lambda } of cases) {
    const title = `scikit-learn: ${file.slice(0, -5)} of ${data}`;
    const values = doubles(columns[data]);
    test(title, () => {
      const { found, width } = transform(spec, values, training);
      assert.equal(width, clipped === undefined ? 1 : 2);
      const tolerance = lambda === undefined ? TOLERANCE : LAMBDA_TOLERANCE;
      doubles(expected).forEach((value, row) => {
        assertNear(found[row * width], value, tolerance, `row ${row}`);
        if (clipped !== undefined) assert.equal(found[row * width + 1], clipped[row], `row ${row}: clipped`);
      });
    });
    if (lambda === undefined) continue;
    test(`${title}, under its lambda`, () => {
      const { found } = transform({ ...spec, wasClipped: false, scale: 'none' }, values, training);
      const present = found.slice(0, training).filter((x) => !Number.isNaN(x));
      applyScale(scaleKernel(yeoJohnsonAt(lambda, present)), found, 0, found.length, 1);
      doubles(expected).forEach((value, row) => assertNear(found[row], value, TOLERANCE, `row ${row}`));
    });
  }
}

test('scipy: ndtri', () => {
  const { p, z } = readJson<{ p: Column; z: Column }>('inverse_normal.json');
  doubles(z).forEach((value, k) => {
    const found = inverseNormal(Number(p[k]));
    assert.ok(
      Math.abs(found - value) <= 2e-15 * Math.max(0.1, Math.abs(value)),
      `${p[k]}: expected ${value}, found ${found}`,
    );
  });
});
