import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sfc32 } from '../../base/random.ts';
import { measure } from './metrics.ts';
import { calibrationOf } from './reliability.ts';

const draw = (independent: number) => ({ independent, replicates: 200, random: sfc32(5) });
const near = (found: number, expected: number, by: number): void =>
  assert.ok(Math.abs(found - expected) <= by, `${expected}: ${found}`);

test('the terms add up to the Brier score, whatever was said', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (list) => {
      const probabilities = Float64Array.from(list, ([k]) => k / 40);
      const labels = Float64Array.from(list, ([, y]) => y);
      const { brier, bins, error } = calibrationOf({ probabilities, labels }, draw(list.length));
      const { reliability, resolution, uncertainty, within } = brier;
      near(reliability - resolution + uncertainty + within, measure(probabilities, labels, 0.5).brier, 1e-12);
      assert.ok(error >= 0 && error <= 1 && reliability >= error * error - 1e-12);
      for (const { observed, interval } of bins) assert.ok(interval[0] <= observed && observed <= interval[1]);
    }),
  );
});

test('the interval of a share of 0 or 1 holds it, whatever rounding does', () => {
  for (let n = 1; n <= 60; n++) {
    for (const label of [0, 1]) {
      const said = { probabilities: new Float64Array(n), labels: new Float64Array(n).fill(label) };
      const [{ interval }] = calibrationOf(said, draw(n)).bins;
      assert.equal(interval[label], label, `${n} labels of ${label}`);
    }
  }
});

test('figures of two bins, by hand', () => {
  const probabilities = Float64Array.of(0.15, 0.15, 0.15, 0.15, 0.85, 0.85, 0.85, 0.85);
  const labels = Float64Array.of(0, 0, 0, 1, 1, 1, 1, 0);
  const { bins, error, brier } = calibrationOf({ probabilities, labels }, draw(8));
  assert.deepEqual(
    bins.map(({ rows, observed }) => [rows, observed]),
    [
      [4, 0.25],
      [4, 0.75],
    ],
  );
  near(error, 0.1, 1e-12);
  near(brier.reliability, 0.01, 1e-12);
  near(brier.resolution, 0.0625, 1e-12);
  near(brier.uncertainty, 0.25, 1e-12);
  near(brier.within, 0, 1e-12);
  // Wilson's own interval of 1 in 4.
  near(bins[0].interval[0], 0.0456, 1e-4);
  near(bins[0].interval[1], 0.6994, 1e-4);
});

/** Labels that are drawn by `truth` of what is said, `block` rows alike. */
function drawn(seed: number, rows: number, block: number, truth: (p: number) => number) {
  const random = sfc32(seed);
  const probabilities = Float64Array.from({ length: rows }, () => random());
  let chosen = 0;
  const labels = probabilities.map((p, i) => {
    if (i % block === 0) chosen = random();
    return Number(chosen < truth(p));
  });
  return { probabilities, labels };
}

test('true probabilities stay below what is reached by chance in 95 of 100 markets, false ones do not', () => {
  let inside = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { error, reaches } = calibrationOf(
      drawn(seed, 400, 10, (p) => p),
      draw(40),
    );
    inside += Number(error <= reaches);
  }
  assert.ok(inside >= 180 && inside <= 198, `${inside}`);
  const { error, reaches } = calibrationOf(
    drawn(1, 4000, 10, (p) => p * p),
    draw(400),
  );
  assert.ok(error > reaches, `${error} of ${reaches}`);
});

test('a bin rests on its independent labels: the fewer, the wider', () => {
  const said = drawn(3, 1000, 1, (p) => p);
  const widths = [1000, 50].map((n) => calibrationOf(said, draw(n)).bins.map(({ interval: [a, b] }) => b - a));
  widths[0].forEach((width, k) => assert.ok(width < 0.5 * widths[1][k]));
});
