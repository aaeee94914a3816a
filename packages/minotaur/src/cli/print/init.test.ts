/** What `init --from` prints of names that a list cannot hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initFromLines } from './init.ts';

test('names that the printed comparison leaves out are told from each other', () => {
  const report = { out: 'm.yaml', from: 'f.csv', rows: 9, columns: [], commands: ['build', 'compare'], seconds: 0 };
  assert.deepEqual(initFromLines({ ...report, uncompared: [] }).slice(1), [
    'next      build',
    '          compare',
    '0.0 s',
  ]);
  assert.ok(
    initFromLines({ ...report, uncompared: ['a=b', 'sma, 10'] }).some((line) => line.endsWith("'a=b', 'sma, 10'")),
  );
});
