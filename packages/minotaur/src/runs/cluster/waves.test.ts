import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobMonth } from '../../store/job-list.ts';
import { inWaves } from './waves.ts';

const MIB = 1 << 20;
const months = (sizes: readonly number[], ending = 'parquet'): JobMonth[] =>
  sizes.map((mib, i) => ({
    month: `2024-0${i + 1}`,
    inputs: [{ path: `X-2024-0${i + 1}.${ending}`, bytes: mib * MIB }],
  }));
/** Months of each job, in order, and the job before. */
const shape = (...symbols: readonly (readonly [string, JobMonth[]])[]) =>
  inWaves(symbols.map(([symbol, own]) => ({ symbol, months: own }))).jobs.map(
    ({ symbol, months: own, before }) =>
      `${symbol} ${own.map(({ month }) => month.slice(-1)).join('')} ${before ?? '-'}`,
  );

test('following months are one job until it has enough; what is left over belongs to the last', () => {
  assert.deepEqual(shape(['a', months([1, 1, 1])]), ['a 123 -']);
  assert.deepEqual(shape(['a', months([500, 500, 500, 500, 500])]), ['a 12 -', 'a 345 0']);
  assert.deepEqual(shape(['a', months([2000, 1, 2000, 1])]), ['a 1 -', 'a 234 0']);
  // Plain text of the same size has fewer trades.
  assert.deepEqual(shape(['a', months([2000, 2000, 2000, 2000], 'csv')]), ['a 12 -', 'a 34 0']);
  assert.deepEqual(shape(['a', months([2000, 2000, 2000, 2000], 'csv.gz')]), ['a 1 -', 'a 2 0', 'a 3 1', 'a 4 2']);
});

test('symbols with different numbers of jobs: those with most come first, so that each keeps its lane', () => {
  const large = months([1000, 1000, 1000]);
  assert.deepEqual(shape(['b', months([1, 1])], ['c', large], ['a', large.slice(1)]), [
    'c 1 -',
    'a 2 -',
    'b 12 -',
    'c 2 0',
    'a 3 1',
    'c 3 3',
  ]);
});
