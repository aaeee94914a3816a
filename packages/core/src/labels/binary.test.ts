import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binaryLabels } from './binary.ts';

test('a label is 1 where it is a gain, 0 where it is none, and stays missing', () => {
  assert.deepEqual([...binaryLabels(Float64Array.of(1, 0, -1, NaN, -0))], [1, 0, 0, NaN, 0]);
});
