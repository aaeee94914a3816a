import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sameBits } from '../base/canonical.ts';
import { learnColumn, type LearnedColumn } from './column.ts';
import { SCALES, type ColumnSpec } from './spec.ts';
import { createTransform } from './transform.ts';

const plain: ColumnSpec = { log1p: false, clip: null, wasClipped: false, impute: 'none', scale: 'none' };

/** Ordinary values, ties, values far apart and everything that is not a number. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0, -5e-324, 1e8, -1e8, 1e-8, -1) },
);
const values = fc.array(value, { minLength: 1, maxLength: 60 }).map((list) => Float64Array.from(list));
const spec: fc.Arbitrary<ColumnSpec> = fc.record(
  {
    log1p: fc.boolean(),
    clip: fc.constantFrom(null, [0.01, 0.99] as const, [0, 0.5] as const, [0.2, 0.8] as const),
    wasClipped: fc.boolean(),
    impute: fc.constantFrom('median' as const, 'none' as const),
    scale: fc.constantFrom(...SCALES),
  },
  { noNullPrototype: true },
);

/** Bits as text: the sign of 0 and all of a double; NaN must be the one NaN. */
function bits(list: Float64Array): string {
  return Buffer.from(list.buffer, list.byteOffset, list.byteLength).toString('hex');
}

function applied(learned: readonly LearnedColumn[], inputs: readonly string[], rows: Float64Array): Float64Array {
  const transform = createTransform(learned, inputs);
  const count = rows.length / inputs.length;
  const out = new Float64Array(count * transform.columns.length).fill(7);
  transform.apply(rows, count, out);
  return out;
}

test('a row alone and rows in a block give the same bits, and learned numbers survive JSON', () => {
  fc.assert(
    fc.property(values, spec, values, spec, values, (trainA, specA, trainB, specB, seen) => {
      const learned = [learnColumn('a', trainA, specA), learnColumn('b', trainB, specB)];
      const before = JSON.stringify(learned);
      const inputs = ['b', 'unused', 'a'];
      const rows = new Float64Array(seen.length * 3).map((_, k) => seen[(k * 7) % seen.length]);
      const block = applied(learned, inputs, rows);
      const width = block.length / seen.length;
      for (let row = 0; row < seen.length; row++) {
        const alone = applied(learned, inputs, rows.slice(row * 3, row * 3 + 3));
        assert.equal(bits(alone), bits(block.slice(row * width, (row + 1) * width)));
      }
      assert.equal(JSON.stringify(learned), before, 'apply changed what was learned');
      const again = JSON.parse(before) as LearnedColumn[];
      assert.deepEqual(again, learned);
      assert.equal(bits(applied(again, inputs, rows)), bits(block));
    }),
    { numRuns: 400 },
  );
});

test('learning does not depend on the order of the training rows, and does not change them', () => {
  const shuffled = values.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc
        .shuffledSubarray([...list.keys()], { minLength: list.length })
        .map((order) => list.map((_, k) => list[order[k]])),
    ),
  );
  fc.assert(
    fc.property(shuffled, spec, ([training, other], s) => {
      const before = bits(training);
      assert.equal(JSON.stringify(learnColumn('x', other, s)), JSON.stringify(learnColumn('x', training, s)));
      assert.equal(bits(training), before);
    }),
    { numRuns: 400 },
  );
});

test('one training value beyond the others changes what is learned', () => {
  const training = Float64Array.from({ length: 50 }, (_, k) => Math.sin(k * k));
  const other = training.with(17, 10);
  for (const scale of SCALES) {
    const s: ColumnSpec = { ...plain, clip: [0.01, 0.99], impute: 'median', scale };
    assert.notDeepEqual(learnColumn('x', other, s), learnColumn('x', training, s), scale);
  }
});

test('the steps in their order, by hand', () => {
  const training = Float64Array.of(Infinity, Math.expm1(1), Math.expm1(2), Math.expm1(3), Math.expm1(9), -1, NaN);
  const s: ColumnSpec = { log1p: true, clip: [0, 0.5], wasClipped: true, impute: 'median', scale: 'minmax' };
  const learned = learnColumn('x', training, s);
  // Present after log1p: 1 2 3 9; the median of those is 2.5; clipped: 1 2 2.5 2.5; the median of these is 2.25.
  assert.ok(Math.abs((learned.clip as [number, number])[1] - 2.5) < 1e-14);
  assert.ok(Math.abs((learned.impute as number) - 2.25) < 1e-14);
  const out = applied([learned], ['x'], Float64Array.of(Math.expm1(2), Infinity, Math.expm1(4), -5, 0));
  const expected = [1 / 1.5, 0, 1.25 / 1.5, 0, 1, 1, 1.25 / 1.5, 0, 0, 1];
  expected.forEach((x, k) => assert.ok(Math.abs(out[k] - x) < 1e-14, `${k}: expected ${x}, found ${out[k]}`));
});

test('a column without a training value', () => {
  const empty = Float64Array.of(NaN, Infinity);
  for (const scale of SCALES) {
    const imputed = learnColumn('x', empty, { ...plain, clip: [0.01, 0.99], impute: 'median', scale });
    assert.equal(imputed.impute, 0);
    assert.equal(imputed.clip, undefined);
    const missing = applied([imputed], ['x'], empty);
    assert.ok(missing.every((x) => Number.isFinite(x) && sameBits(x, missing[0])));
    const [found] = applied([learnColumn('x', empty, { ...plain, scale })], ['x'], Float64Array.of(5));
    assert.equal(found, scale === 'none' ? 5 : NaN, scale);
  }
});

test('a constant column becomes 0 exactly, however far from it', () => {
  const constant = fc.oneof(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.constantFrom(0.1, 1e-8, 1e8 / 3));
  fc.assert(
    fc.property(constant, fc.integer({ min: 1, max: 500 }), fc.boolean(), (c, rows, gap) => {
      const training = new Float64Array(rows).fill(c);
      if (gap && rows > 1) training[0] = NaN;
      for (const scale of ['standard', 'minmax', 'robust', 'yeo-johnson'] as const) {
        const learned = learnColumn('x', training, { ...plain, impute: 'median', scale });
        assert.deepEqual([...applied([learned], ['x'], Float64Array.of(c, NaN))], [0, 0], scale);
      }
    }),
  );
});

test('a missing value is the one NaN, whatever the bits it came with', () => {
  const strange = new Float64Array(new Uint32Array([123, 0xfff80001]).buffer);
  for (const scale of SCALES) {
    const learned = learnColumn('x', Float64Array.of(1, 2, 3), { ...plain, scale });
    assert.equal(bits(applied([learned], ['x'], strange)), '000000000000f87f', scale);
  }
  // Infinity by infinity, whose NaN has its own bits on each processor: quantiles further apart than doubles reach.
  const quantiles = [-1.7e308, 1.7e308];
  const far: LearnedColumn = { name: 'x', spec: plain, scale: { kind: 'quantile-uniform', quantiles } };
  assert.equal(bits(applied([far], ['x'], Float64Array.of(1e308))), '000000000000f87f');
});

test('names of the outputs', () => {
  const training = Float64Array.of(1, 2, 3);
  const a = learnColumn('a', training, { ...plain, clip: [0.01, 0.99], wasClipped: true });
  const b = learnColumn('b', training, { ...plain, wasClipped: true });
  assert.deepEqual(createTransform([b, a], ['a', 'b']).columns, ['b', 'a', 'a_was_clipped']);
  assert.throws(() => createTransform([a, b], ['a', 'c']), /expected a column b among the inputs, found 2 without it/);
  assert.throws(() => createTransform([a, a], ['a']), /expected each output column once, found a twice/);
});

test('refuses what has no finite transform, by the name of the column', () => {
  const far = Float64Array.of(-1.7e308, 1.7e308, 0);
  for (const scale of ['standard', 'minmax'] as const)
    assert.throws(() => learnColumn('volume', far, { ...plain, scale }), /transform of volume: expected a finite/);
  for (const clip of [
    [0.9, 0.1],
    [0.5, 0.5],
    [-0.1, 1],
    [NaN, 1],
  ] as const)
    assert.throws(() => learnColumn('volume', far, { ...plain, clip }), /transform of volume: expected clip quantiles/);
});
