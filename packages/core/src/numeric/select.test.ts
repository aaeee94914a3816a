import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributions, sfc32 } from '../base/random.ts';
import { placeRanks } from './select.ts';
import { sortFloats } from './sort-floats.ts';

const SHAPES: Readonly<Record<string, (random: ReturnType<typeof distributions>, i: number) => number>> = {
  normal: (random) => random.normal(),
  rising: (_, i) => i,
  falling: (_, i) => -i,
  constant: () => 3,
  'of few values': (random) => Math.floor(random.uniform() * 3),
  'in teeth': (_, i) => i % 17,
  infinite: (random, i) => (i % 5 === 0 ? Infinity : i % 7 === 0 ? -Infinity : random.normal()),
};

for (const [name, draw] of Object.entries(SHAPES)) {
  test(`ranks of values, ${name}, are those of a sort, and nothing is lost`, () => {
    const random = distributions(sfc32(8));
    for (const length of [1, 2, 3, 50, 601, 5000, 40_000]) {
      const values = Float64Array.from({ length }, (_, i) => draw(random, i));
      const sorted = values.toSorted();
      const ranks = [0, length - 1, length >> 1, Math.floor(length / 3), Math.floor(length / 100)];
      placeRanks(values, ranks);
      for (const rank of ranks) {
        assert.equal(values[rank], sorted[rank]);
        assert.ok(values.subarray(0, rank).every((x) => x <= values[rank]));
        assert.ok(values.subarray(rank).every((x) => x >= values[rank]));
      }
      assert.deepEqual(values.sort(), sorted);
    }
  });
}

test('float32 are sorted as they are by comparison, to the sign of 0', () => {
  const random = distributions(sfc32(2));
  const special = [0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38, 1, -1];
  for (const length of [0, 1, 10, 5000]) {
    const values = Float32Array.from({ length }, (_, i) => (i % 4 === 0 ? special[i % 10] : 1e3 * random.normal()));
    const sorted = values.toSorted();
    assert.deepEqual(sortFloats(values), sorted);
    assert.ok(values.every((x, i) => Object.is(x, sorted[i])));
  }
});
