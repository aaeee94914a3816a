import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sfc32 } from '../../base/random.ts';
import { chanceOf } from './chance.ts';
import { rocAuc } from './metrics.ts';
import { quantileOf } from '../../numeric/quantile.ts';

const random = sfc32(9);
const probabilities = Float64Array.from({ length: 90 }, () => Math.floor(20 * random()) / 20);
const labels = probabilities.map((p) => Number(random() < 0.3 + 0.4 * p));

test('every shift by a block or more, as the ROC AUC of shifted labels has it', () => {
  const found = chanceOf({ probabilities, labels }, { block: 7, shifts: 500, random: sfc32(1) });
  const all = Float64Array.from({ length: 90 - 2 * 7 + 1 }, (_, k) => {
    const offset = 7 + k;
    // The label of row i stands beside the score of row i + offset.
    const shifted = labels.map((__, i) => labels[(i - offset + 90) % 90]);
    return rocAuc(probabilities, shifted);
  });
  const own = rocAuc(probabilities, labels);
  assert.equal(found.shifts, all.length);
  assert.ok(Math.abs(found.reaches - quantileOf(all.toSorted(), 0.95)) < 1e-12);
  assert.equal(found.p, (1 + all.filter((auc) => auc >= own - 1e-12).length) / (1 + all.length));
});

test('many rows are shifted at random, the same for the same seed; too few are not', () => {
  const shift = (seed: number) => chanceOf({ probabilities, labels }, { block: 7, shifts: 50, random: sfc32(seed) });
  assert.deepEqual(shift(1), shift(1));
  assert.equal(shift(1).shifts, 50);
  assert.notEqual(shift(1).reaches, shift(2).reaches);
  const short = chanceOf({ probabilities, labels }, { block: 46, shifts: 50, random: sfc32(1) });
  assert.deepEqual(short, { reaches: NaN, p: NaN, shifts: 0 });
});
