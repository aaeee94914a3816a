/** A tolerance is one of numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySide } from '../sides/side.ts';
import { compareSides } from './compare.ts';

test('a tolerance is for numbers: times that are 30 s apart are not the same', async () => {
  const time = Float64Array.from({ length: 50 }, (_, i) => 1.7e15 + i * 60e6);
  const size = time.map((_, i) => i + 1);
  const a = memorySide('a', { time, exit_at: time.map((t) => t + 3600e6), size }, ['time', 'exit_at']);
  const near = size.map((x) => x * (1 + 1e-9));
  const b = memorySide('b', { time, exit_at: time.map((t) => t + 3630e6), size: near }, ['time', 'exit_at']);
  const { equal, differing } = await compareSides(a, b, { tolerance: 1e-6 });
  assert.deepEqual([equal, differing.map(({ name }) => name)], [false, ['exit_at']]);
});
