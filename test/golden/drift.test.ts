/** Drift against numpy and scipy. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { driftOf } from '../../packages/minotaur/src/verify/drift/drift.ts';

interface Case {
  readonly name: string;
  readonly reference: readonly (number | null)[];
  readonly current: readonly (number | null)[];
  readonly bins: number;
  readonly psi: number;
  readonly jensenShannon: number;
  readonly kolmogorovSmirnov: number;
  readonly missing: readonly [number, number];
}

const { cases } = JSON.parse(readFileSync(new URL('./drift/drift.json', import.meta.url), 'utf8')) as { cases: Case[] };
const column = (values: readonly (number | null)[]): Float64Array => Float64Array.from(values, (v) => v ?? NaN);

for (const { name, reference, current, bins, missing, ...figures } of cases) {
  test(`${name}: as numpy and scipy have it`, () => {
    const found = driftOf(column(reference), column(current));
    assert.equal(found.bins, bins);
    for (const figure of ['psi', 'jensenShannon', 'kolmogorovSmirnov'] as const) {
      const error = Math.abs(found[figure] - figures[figure]);
      assert.ok(error <= 1e-12 * Math.max(1, figures[figure]), `${figure}: ${figures[figure]}, found ${found[figure]}`);
    }
    assert.ok(Math.abs(found.missing.reference - missing[0]) < 1e-15);
    assert.ok(Math.abs(found.missing.current - missing[1]) < 1e-15);
  });
}

test('the cases are there', () => assert.ok(cases.length >= 10));
