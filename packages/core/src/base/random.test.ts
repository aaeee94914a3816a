/** The numbers of each generator are pinned: what was learned and simulated hangs on them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, distributions, mulberry32, sfc32, type Uniform } from './random.ts';

const first = (uniform: Uniform, count: number): number[] => Array.from({ length: count }, uniform);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the numbers of a seed', () => {
  assert.deepEqual(first(mulberry32(1), 3), [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  assert.deepEqual(first(sfc32(1), 3), [0.9463990411022678, 0.27234282169956714, 0.30685715412255377]);
  assert.deepEqual(first(mulberry32(-1), 2), first(mulberry32(0xffffffff), 2));
  assert.notDeepEqual(first(sfc32(2 ** 40 + 1), 3), first(sfc32(1), 3), 'all of a safe integer counts');
});

test('a counted generator is that of its three numbers, and of no others', () => {
  assert.deepEqual(first(counted(1, 0, 7), 3), first(counted(1, 0, 7), 3));
  const starts = [1, 2].flatMap((seed) => [0, 1].flatMap((use) => [0, 1, 2].map((n) => counted(seed, use, n)())));
  assert.equal(new Set(starts).size, starts.length);
  const next = Float64Array.from({ length: 20_000 }, (_, n) => counted(3, 1, n)());
  assert.ok(Math.abs(mean([...next]) - 0.5) < 0.01, 'from count to count as uniform as within one');
});

test('distributions have the moments of their names', () => {
  const random = distributions(sfc32(5));
  const uniform = first(random.uniform, 100_000);
  assert.ok(uniform.every((u) => u > 0 && u < 1));
  assert.ok(Math.abs(mean(uniform) - 0.5) < 0.005);
  const exponential = first(random.exponential, 100_000);
  assert.ok(exponential.every((x) => x > 0) && Math.abs(mean(exponential) - 1) < 0.01);
  const normal = first(random.normal, 100_000);
  assert.ok(Math.abs(mean(normal)) < 0.01 && Math.abs(mean(normal.map((x) => x * x)) - 1) < 0.02);
  assert.ok(Math.abs(mean(normal.map((x) => x * x * x * x)) - 3) < 0.1);
});
