import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { driftOf, jensenShannon, kolmogorovSmirnov, stabilityIndex } from './drift.ts';

const value = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(NaN), fc.constantFrom(0, -0, 1, 2));
const column = fc.array(value, { minLength: 1, maxLength: 200 }).map((list) => Float64Array.from(list));
const sorted = fc
  .array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 100 })
  .map((list) => Float64Array.from(list).sort());
const shares = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 2, maxLength: 12 }).map((counts) => {
  const total = (k: 0 | 1): number =>
    Math.max(
      1,
      counts.reduce((sum, pair) => sum + pair[k], 0),
    );
  return ([0, 1] as const).map((k) => counts.map((pair) => pair[k] / total(k)));
});

test('a column has not drifted from itself, in any order', () => {
  fc.assert(
    fc.property(column, (x) => {
      const { psi, jensenShannon: js, kolmogorovSmirnov: ks, missing } = driftOf(x, x.toReversed());
      assert.equal(psi, 0);
      assert.equal(js, 0);
      assert.ok(ks === 0 || x.every((v) => Number.isNaN(v)));
      assert.equal(missing.reference, missing.current);
    }),
  );
});

test('every figure stays within its range, and neither array is changed', () => {
  fc.assert(
    fc.property(column, column, (a, b) => {
      const [before, after] = [a.slice(), b.slice()];
      const { psi, jensenShannon: js, kolmogorovSmirnov: ks, bins, histogram } = driftOf(a, b);
      assert.ok(psi >= 0 && psi < Infinity);
      assert.ok(js >= 0 && js <= 1 + 1e-12);
      assert.ok(Number.isNaN(ks) || (ks >= 0 && ks <= 1));
      assert.ok(bins >= 1 && bins <= 14);
      assert.deepEqual([a, b], [before, after]);
      for (const heights of [histogram.reference, histogram.current]) {
        const sum = heights.reduce((total, height) => total + height, 0);
        assert.ok(sum === 0 || Math.abs(sum - 1) < 1e-9);
      }
    }),
  );
});

test('Jensen-Shannon and the index are symmetric in the shares, Kolmogorov-Smirnov in the samples', () => {
  fc.assert(
    fc.property(shares, ([p, q]) => {
      assert.equal(jensenShannon(p, q), jensenShannon(q, p));
      assert.ok(Math.abs(stabilityIndex(p, q) - stabilityIndex(q, p)) < 1e-9);
    }),
  );
  fc.assert(fc.property(sorted, sorted, (a, b) => assert.equal(kolmogorovSmirnov(a, b), kolmogorovSmirnov(b, a))));
});

test('Kolmogorov-Smirnov is the largest distance of the two distribution functions, counted one value at a time', () => {
  fc.assert(
    fc.property(sorted, sorted, (a, b) => {
      const share = (x: Float64Array, limit: number): number => x.filter((v) => v <= limit).length / x.length;
      const naive = Math.max(...[...a, ...b].map((limit) => Math.abs(share(a, limit) - share(b, limit))));
      assert.ok(Math.abs(kolmogorovSmirnov(a, b) - naive) < 1e-12);
    }),
  );
});

test('values that have nothing in common are as far apart as can be', () => {
  const a = Float64Array.from({ length: 100 }, (_, i) => i);
  const b = a.map((x) => x + 1000);
  const { psi, jensenShannon: js, kolmogorovSmirnov: ks } = driftOf(a, b);
  assert.equal(ks, 1);
  assert.ok(js > 0.7 && psi > 5);
  // A constant that moved down, below every decile: the same tenth of the reference, yet another value.
  const constant = driftOf(new Float64Array(50).fill(3), new Float64Array(50).fill(2));
  assert.equal(constant.jensenShannon, 1);
  assert.equal(constant.kolmogorovSmirnov, 1);
});

test('a column that fell silent has drifted, though no value of it can be compared', () => {
  const { psi, missing, kolmogorovSmirnov: ks } = driftOf(Float64Array.of(1, 2, 3, 4), new Float64Array(4).fill(NaN));
  assert.deepEqual(missing, { reference: 0, current: 1 });
  assert.ok(psi > 5);
  assert.ok(Number.isNaN(ks));
});

test('what chance alone makes of the index is what it is on average of samples of one distribution', () => {
  let state = 7;
  const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  const draw = (n: number): Float64Array => Float64Array.from({ length: n }, random);
  const runs = Array.from({ length: 200 }, () => driftOf(draw(400), draw(300)));
  const mean = runs.reduce((sum, { psi }) => sum + psi, 0) / runs.length;
  assert.ok(mean > 0.9 * runs[0].psiByChance && mean < 1.15 * runs[0].psiByChance, `${mean}, ${runs[0].psiByChance}`);
});
