import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { lineIn, lineOf } from './lines.ts';
import { foldable, foldRange } from './ranges.ts';

const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -1000, max: 1000 }) }, fc.constant(NaN));
const column = fc.array(value, { maxLength: 400 }).map((values) => Float64Array.from(values));

/** As anybody would write it. */
function naive(values: Float64Array, fold: 'min' | 'max' | 'sum', from: number, to: number): number {
  const known = [...values.subarray(from, to)].filter((each) => !Number.isNaN(each));
  if (fold === 'sum') return known.reduce((sum, each) => sum + each, 0);
  return known.length === 0 ? NaN : Math[fold](...known);
}

test('a range of any column is what its values say, whatever blocks it begins and ends in', () => {
  const place = fc.tuple(fc.nat(400), fc.nat(400));
  fc.assert(
    fc.property(column, fc.array(place, { minLength: 1, maxLength: 20 }), (values, places) => {
      for (const fold of ['min', 'max', 'sum'] as const) {
        const asked = foldable(values, fold);
        for (const ends of places) {
          const [from, to] = ends.map((end) => Math.min(end, values.length)).sort((a, b) => a - b);
          assert.equal(foldRange(asked, from, to), naive(values, fold, from, to), `${fold} [${from}, ${to})`);
        }
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a range without a value has none, and a sum of nothing is nothing', () => {
  const values = new Float64Array(200).fill(NaN);
  assert.equal(foldRange(foldable(values, 'min'), 0, 200), NaN);
  assert.equal(foldRange(foldable(values, 'max'), 70, 70), NaN);
  assert.equal(foldRange(foldable(values, 'sum'), 0, 200), 0);
  assert.equal(foldRange(foldable(new Float64Array(0), 'max'), 0, 0), NaN);
});

test('a bucket has the last of its rows and what lay between; one without rows what held before it', () => {
  const line = lineOf(Float64Array.of(3, NaN, 5, 1, NaN));
  const { min, max, last } = lineIn(line, Int32Array.of(0, 0, 2, 4, 4, 5));
  assert.deepEqual([...last], [NaN, NaN, 1, 1, NaN]);
  assert.deepEqual([...min], [NaN, 3, 1, 1, NaN]);
  assert.deepEqual([...max], [NaN, 3, 5, 1, NaN]);
});
