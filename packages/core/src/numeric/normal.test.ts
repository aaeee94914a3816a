/** Against its own inverse, by series that share nothing with it; against scipy in test/golden/sklearn.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { inverseNormal } from './normal.ts';

/** Distribution function of the standard normal: 1/2 + density(x) (x + x^3/3 + x^5/15 + ...), for small |x|. */
function normal(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

test('is the inverse of the distribution function', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
      assert.ok(Math.abs(normal(inverseNormal(p)) - p) < 1e-15, `${p}`);
    }),
    { numRuns: 2000 },
  );
});

test('known percentage points', () => {
  const points: [number, number][] = [
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.001, -3.090232306167813],
    [1e-20, -9.262340089798409],
    [0, -Infinity],
    [1, Infinity],
  ];
  for (const [p, z] of points) {
    const found = inverseNormal(p);
    assert.ok(found === z || Math.abs(found - z) <= 4e-16 * Math.abs(z), `${p}: expected ${z}, found ${found}`);
  }
  for (const p of [-1e-300, 1.5, NaN]) assert.ok(Number.isNaN(inverseNormal(p)));
});

test('rises where its approximations meet', () => {
  for (const seam of [0.075, 0.925, Math.exp(-25)]) {
    const step = seam * 1e-13;
    const near = [seam - step, seam, seam + step].map(inverseNormal);
    for (let k = 1; k < near.length; k++) {
      assert.ok(near[k] >= near[k - 1] && near[k] - near[k - 1] < 1e-12, `${seam}: ${near.join(', ')}`);
    }
  }
});
