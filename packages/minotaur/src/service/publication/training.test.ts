import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { learnColumn } from 'minotaur-core/internal/transform/column';
import type { ColumnSpec } from 'minotaur-core/internal/transform/spec';
import { trainingOf } from './training.ts';

const even = Float64Array.from({ length: 1001 }, (_, i) => i / 1000);
const spec: ColumnSpec = { log1p: false, clip: [0.01, 0.99], wasClipped: true, impute: 'median', scale: 'standard' };
const columns = ['left_out', 'standard', 'robust', 'minmax', 'none'];
const learned = (['standard', 'robust', 'minmax', 'none'] as const).map((scale) =>
  learnColumn(scale, even, { ...spec, clip: scale === 'standard' ? null : spec.clip, scale }),
);
const training = trainingOf({ learned } as unknown as Artefact, columns);
const distances = (value: number): number[] => [...training.distances(new Float64Array(5).fill(value))];

test('the middle of training is near, and what is far is told however it is scaled and clipped', () => {
  const [none, standard, , minmax, unscaled] = distances(0.5);
  assert.deepEqual([none, unscaled], [NaN, NaN]);
  assert.ok(Math.abs(standard) < 1e-12 && Math.abs(minmax) < 1e-12);
  const far = distances(1.5);
  // One width of an even distribution from its middle, which is the square root of 12 of its standard deviations.
  assert.ok(Math.abs(far[1] - Math.sqrt(12)) < 0.01, String(far));
  assert.ok(Math.abs(far[3] - Math.sqrt(12) / 0.98) < 0.01, String(far));
  assert.ok(far[2] > 2.6 && far[2] < 2.8, String(far));
});

test('what is missing is no distance, and what the model does not look at is said to be so', () => {
  assert.ok(distances(NaN).every(Number.isNaN));
  assert.deepEqual(training.used, [false, true, true, true, true]);
  assert.equal(training.threshold, 0.5);
});
