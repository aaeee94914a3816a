import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { countDisjoint, independenceOf, meanUniqueness, uniquenessWeights, type Lives } from './independent.ts';

const livesArbitrary: fc.Arbitrary<Lives> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 11 })
  .map((list) => {
    const sorted = list.toSorted((a, b) => a[0] - b[0]);
    const time = Float64Array.from(sorted, ([t]) => t);
    return { time, labelTime: Float64Array.from(sorted, ([t, life]) => t + life) };
  });
const end = ({ time, labelTime }: Lives, i: number): number => Math.max(labelTime[i], time[i] + 1);

/** Every subset, and whether any two of it overlap. */
function bruteDisjoint(lives: Lives): number {
  const { time } = lives;
  let best = 0;
  for (let set = 1; set < 1 << time.length; set++) {
    const chosen = Array.from(time.keys()).filter((i) => (set >> i) & 1);
    const apart = chosen.every((i, k) =>
      chosen.slice(k + 1).every((j) => end(lives, i) <= time[j] || end(lives, j) <= time[i]),
    );
    if (apart) best = Math.max(best, chosen.length);
  }
  return best;
}

function bruteUniqueness(lives: Lives): number {
  const rows = Array.from(lives.time.keys());
  const alive = (i: number, j: number): boolean => lives.time[i] <= lives.time[j] && lives.time[j] < end(lives, i);
  const own = rows.map((i) => {
    const seen = rows.filter((j) => alive(i, j)).map((j) => 1 / rows.filter((k) => alive(k, j)).length);
    return seen.reduce((a, b) => a + b, 0) / seen.length;
  });
  return own.reduce((a, b) => a + b, 0) / own.length;
}

test('independent labels and their uniqueness are those of every subset and of the double loop', () => {
  fc.assert(
    fc.property(livesArbitrary, (lives) => {
      assert.equal(countDisjoint(lives), bruteDisjoint(lives));
      assert.ok(Math.abs(meanUniqueness(lives) - bruteUniqueness(lives)) < 1e-12);
    }),
    { numRuns: 300 },
  );
});

test('labels that follow each other are all independent; those that live ten rows are a tenth', () => {
  const time = Float64Array.from({ length: 1000 }, (_, i) => i);
  assert.equal(countDisjoint({ time, labelTime: time.map((t) => t + 1) }), 1000);
  assert.equal(meanUniqueness({ time, labelTime: time.map((t) => t + 1) }), 1);
  const long = { time, labelTime: time.map((t) => t + 10) };
  assert.equal(countDisjoint(long), 100);
  assert.ok(Math.abs(meanUniqueness(long) - 0.1) < 0.005);
});

test('labels of several instruments at the same time are one', () => {
  const time = Float64Array.of(0, 0, 5, 5);
  const lives = { time, labelTime: Float64Array.of(5, 4, 9, 9) };
  assert.equal(countDisjoint(lives), 2);
  assert.equal(meanUniqueness(lives), 0.5);
});

test('where lives differ the lesser count is the number of independent labels', () => {
  const time = Float64Array.from({ length: 200 }, (_, i) => i);
  const labelTime = time.map((t, i) => t + (i % 10 === 0 ? 1 : 40));
  const found = independenceOf({ time, labelTime });
  assert.equal(found.disjoint, 21, 'short ones, and the last');
  assert.equal(found.labels, Math.floor(200 * found.uniqueness));
  assert.ok(found.labels < 12, `${found.labels}`);
  assert.deepEqual(independenceOf({ time: Float64Array.of(1, 2), labelTime: Float64Array.of(5, 5) }).labels, 1);
});

test('weights are the uniqueness of each label by the double loop, their mean is 1, and the order of the rows does not matter', () => {
  fc.assert(
    fc.property(livesArbitrary, fc.array(fc.nat(1000), { minLength: 11, maxLength: 11 }), (lives, keys) => {
      const rows = Array.from(lives.time.keys());
      const shuffled = rows.toSorted((a, b) => keys[a] - keys[b] || a - b);
      const at = (values: Float64Array): Float64Array => Float64Array.from(shuffled, (row) => values[row]);
      const [plain, moved] = [lives, { time: at(lives.time), labelTime: at(lives.labelTime) }].map(uniquenessWeights);
      const alive = (i: number, j: number): boolean => lives.time[i] <= lives.time[j] && lives.time[j] < end(lives, i);
      const unique = rows.map((i) => {
        const seen = rows.filter((j) => alive(i, j)).map((j) => 1 / rows.filter((k) => alive(k, j)).length);
        return seen.reduce((a, b) => a + b, 0) / seen.length;
      });
      const mean = unique.reduce((a, b) => a + b, 0) / rows.length;
      shuffled.forEach((row, k) => {
        assert.ok(Math.abs(plain[row] - unique[row] / mean) < 1e-12);
        assert.ok(Math.abs(moved[k] - plain[row]) < 1e-12);
      });
      assert.ok(Math.abs(plain.reduce((a, b) => a + b, 0) / rows.length - 1) < 1e-12);
    }),
    { numRuns: 200 },
  );
});

test('of ten labels that share their life and one of its own, the one counts for as much as the ten', () => {
  const time = Float64Array.of(...Array<number>(10).fill(0), 100);
  const weights = uniquenessWeights({ time, labelTime: time.map((t) => t + 5) });
  assert.ok(Math.abs(weights[10] - 5.5) < 1e-12);
  assert.ok(Math.abs(weights.subarray(0, 10).reduce((a, b) => a + b, 0) - 5.5) < 1e-12);
});
