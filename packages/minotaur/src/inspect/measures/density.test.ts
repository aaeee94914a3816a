import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createDensity } from './density.ts';

const of = (ids: readonly (number | string | undefined)[], duplicates = 0) =>
  fed(
    createDensity(),
    ids.map((id, i) => trade(i, { id })),
    { size: 3 },
  ).report(duplicates);

test('kind, range and density of ids over all rows', () => {
  assert.deepEqual(of([5, 6, 7, 8, 10, 11]), {
    kind: 'dense',
    ids: 6,
    absent: 0,
    lowest: '5',
    highest: '11',
    density: 6 / 7,
  });
  assert.equal(of([1, 3, 9, 27, 81, 82]).kind, 'rising');
  assert.equal(of([9, 1, 27, 3, 81, 2]).kind, 'unique');
  assert.equal(of([1, 1, 2, 3], 1).density, 1);
});

test('19 digits exactly, texts and none', () => {
  assert.deepEqual(of(['1163336546743369730', '1163336546743369731']).highest, '1163336546743369731');
  const { kind, density } = of(['abc', 'def']);
  assert.deepEqual([kind, density], ['unique', null]);
  assert.deepEqual([of([undefined]).kind, of([undefined]).absent], ['none', 1]);
});
