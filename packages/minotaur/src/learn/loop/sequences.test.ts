/** Batches against slices of the whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBatch, fillBatch, type TrainingData } from './sequences.ts';

const [LENGTH, WIDTH] = [3, 2];
const values = Float32Array.from({ length: 20 * WIDTH }, (_, i) => i);
const train = {
  ends: Int32Array.of(2, 5, 9, 19),
  times: Float64Array.of(2, 5, 9, 19),
  labels: Float32Array.of(0, 1, 1, 0),
};
const data: TrainingData = { values, width: WIDTH, length: LENGTH, train, validation: train };

/** The rows of the sequence that ends at `end`, the oldest first. */
const sequence = (end: number): number[] => Array.from(values.slice((end - 2) * WIDTH, (end + 1) * WIDTH));

test('sequences in their order, the rest filled with those of the beginning, which count nothing', () => {
  const batch = createBatch(data, 3);
  assert.equal(fillBatch(data, train, batch, 0, Int32Array.of(3, 1, 0, 2)), 3);
  assert.deepEqual([...batch.x], [19, 5, 2].flatMap(sequence));
  assert.deepEqual([...batch.y], [0, 1, 0]);
  assert.deepEqual([...batch.w], [1, 1, 1]);
  assert.equal(fillBatch(data, train, batch, 3, Int32Array.of(3, 1, 0, 2)), 1);
  assert.deepEqual([...batch.x], [9, 19, 5].flatMap(sequence));
  assert.deepEqual([...batch.y], [1, 0, 1]);
  assert.deepEqual([...batch.w], [1, 0, 0]);
});

test('a batch of more room than there are sequences has them again and again', () => {
  const batch = createBatch(data, 6);
  assert.equal(fillBatch(data, train, batch, 0), 4);
  assert.deepEqual([...batch.x], [2, 5, 9, 19, 2, 5].flatMap(sequence));
  assert.deepEqual([...batch.w], [1, 1, 1, 1, 0, 0]);
});

test('without an order as they stand, and each counts for its weight', () => {
  const batch = createBatch(data, 2);
  fillBatch(data, { ...train, weights: Float32Array.of(0.5, 1, 2, 4) }, batch, 2);
  assert.deepEqual([...batch.x], [9, 19].flatMap(sequence));
  assert.deepEqual([...batch.w], [2, 4]);
});
