import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactSum } from './exact.ts';
import { distributions, sfc32 } from './random.ts';

function pow2(k: number): number {
  let power = 1;
  for (let i = 0; i < Math.abs(k); i++) power *= k < 0 ? 0.5 : 2;
  return power;
}

/** The sum as a whole number of 2^-1074, rounded once to 53 bits, half to even. */
function plainSum(values: Float64Array): number {
  const words = new BigUint64Array(values.buffer, values.byteOffset, values.length);
  // By exponent first: numbers of two thousand bits are added once each, not once a value.
  const sums = new Map<number, bigint>();
  for (const word of words) {
    const exponent = Number((word >> 52n) & 0x7ffn);
    const fraction = word & 0xfffffffffffffn;
    const size = exponent === 0 ? fraction : fraction | 0x10000000000000n;
    const shift = Math.max(0, exponent - 1);
    sums.set(shift, (sums.get(shift) ?? 0n) + (word >> 63n === 0n ? size : -size));
  }
  let sum = 0n;
  for (const [shift, of] of sums) sum += of << BigInt(shift);
  const size = sum < 0n ? -sum : sum;
  const drop = Math.max(0, size.toString(2).length - 53);
  let kept = size >> BigInt(drop);
  const left = size - (kept << BigInt(drop));
  const half = drop === 0 ? 1n : 1n << BigInt(drop - 1);
  if (left > half || (left === half && drop > 0 && kept % 2n === 1n)) kept++;
  // In two steps: 2^-1074 alone times a large whole number would be rounded twice.
  const scaled = Number(kept) * pow2(Math.max(-1074, drop - 1074));
  return sum < 0n ? -scaled : scaled;
}

const SHAPES: Readonly<Record<string, (random: ReturnType<typeof distributions>, i: number) => number>> = {
  normal: (random) => random.normal(),
  far: (random) => 1e9 + random.normal() * 1e-6,
  'of two sizes': (random) => (random.uniform() < 0.5 ? 1e-20 : 1e20) * random.normal(),
  'of every size': (random) => random.normal() * pow2(Math.floor(400 * (random.uniform() - 0.5))),
  'a tie': (_, i) => (i === 0 ? 1 : i === 1 ? pow2(-53) : 0),
  'above a tie': (_, i) => (i === 0 ? 1 : i === 1 ? pow2(-53) : i === 2 ? pow2(-180) : 0),
  'below a tie': (_, i) => (i === 0 ? 1 : i === 1 ? pow2(-53) : i === 2 ? -pow2(-180) : 0),
  'nothing left but the least': (random, i) => (i === 0 ? 1 : i === 1 ? -1 : pow2(-170) * random.normal()),
  'subnormal beside normal': (random, i) => (i < 3 ? 1e-190 : 1e-310 * random.normal()),
  subnormal: (random) => 1e-310 * random.normal(),
  large: (random) => 1e279 * random.normal(),
};

for (const [name, draw] of Object.entries(SHAPES)) {
  test(`the sum of 255 to 5000 values, ${name}, is rounded once, in any order`, () => {
    const random = distributions(sfc32(4));
    for (const length of [255, 256, 257, 1000, 5000]) {
      const values = Float64Array.from({ length }, (_, i) => draw(random, i));
      const whole = plainSum(values);
      assert.equal(exactSum(values, 0, length), whole);
      // Each with its opposite: all but one value goes.
      const opposite = Float64Array.from([...values.map((x) => -x), ...values, values[0]]);
      assert.equal(exactSum(opposite, 0, 2 * length + 1), values[0]);
      assert.equal(exactSum(values.sort(), 0, length), whole);
    }
  });
}

test('NaN, infinities and sums beyond doubles are those of few values', () => {
  const of = (...last: number[]): number => {
    const values = new Float64Array(1000).fill(1);
    values.set(last, 10);
    return exactSum(values, 0, 1000);
  };
  assert.deepEqual([of(NaN), of(Infinity), of(-Infinity), of(Infinity, -Infinity)], [NaN, Infinity, -Infinity, NaN]);
  assert.equal(Object.is(exactSum(new Float64Array(1000).fill(-0), 0, 1000), -0), true);
});
