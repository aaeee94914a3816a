/** Elementary functions against their values to 106 bits, and their bits, which are the same on every processor. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log10,
  log1p,
  sin,
  sinh,
  tan,
  tanh,
} from '../../packages/core/src/base/elementary/index.ts';

const elementary = { log, log10, log1p, exp, expm1, sin, cos, tan, atan, asin, acos, sinh, cosh, tanh, erf, erfc };
type Name = keyof typeof elementary;
/** Argument, and its value as the sum of two doubles. */
type Row = readonly [x: number, high: number, low: number];

const file = new URL('elementary/values.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<Name, readonly Row[]>>;

/** Greatest error allowed, in units in the last place; what is measured is a little less. */
const BOUNDS: Readonly<Record<Name, number>> = {
  log: 0.75,
  log10: 1.3,
  log1p: 0.75,
  exp: 0.75,
  expm1: 0.75,
  sin: 0.8,
  cos: 0.8,
  tan: 0.75,
  atan: 0.75,
  asin: 0.75,
  acos: 0.75,
  sinh: 1.1,
  cosh: 1.1,
  tanh: 1.7,
  erf: 0.9,
  erfc: 3,
};

/** Distance of neighbouring doubles at x. */
function ulp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  let power = 1;
  while (power > Math.abs(x)) power /= 2;
  while (power * 2 <= Math.abs(x)) power *= 2;
  return Math.max(power * Number.EPSILON, Number.MIN_VALUE);
}

for (const name of Object.keys(BOUNDS) as Name[]) {
  test(`${name} is right to ${BOUNDS[name]} units in the last place`, () => {
    assert.ok(golden[name].length > 100);
    for (const [x, high, low] of golden[name]) {
      const error = Math.abs(elementary[name](x) - high - low) / ulp(high);
      assert.ok(error <= BOUNDS[name], `${name}(${x}) is off by ${error}`);
    }
  });
}

/** SHA-256 over 20,000 values: where one bit differs on some processor, a chain's digest would too. */
const DIGESTS: Readonly<Record<Name, string>> = {
  log: 'e4d60edf4c8e3d34',
  log10: 'c4d94645d795e962',
  log1p: 'b924978ee2e41c2e',
  exp: '86e1d4916b40c69e',
  expm1: 'fe4ec0936e6622d7',
  sin: 'ddf2d869ba0b5fd3',
  cos: '0b6ed28b319f5ed5',
  tan: 'c839e4386451eecc',
  atan: '91f545e5f849b64b',
  asin: 'd007e028228fd8c7',
  acos: '4d8fbc463ab46271',
  sinh: 'd0c80a85ee287b9e',
  cosh: '88b718d9879f3b0a',
  tanh: 'd8ee9079ea36bbc9',
  erf: '961d1bb57430f3f4',
  erfc: '6c97711a0070137b',
};

function arguments20k(): Float64Array {
  let state = 1;
  const word = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  const bits = new Uint32Array(2);
  const wild = new Float64Array(bits.buffer);
  return Float64Array.from({ length: 20_000 }, (_, i) => {
    const unit = word() / 4_294_967_296;
    if (i % 4 === 0) {
      bits[0] = word();
      bits[1] = word();
      return wild[0];
    }
    return i % 4 === 1 ? (unit - 0.5) * 2 : i % 4 === 2 ? (unit - 0.5) * 200 : 1 + (unit - 0.5) * 0.001;
  });
}

for (const name of Object.keys(BOUNDS) as Name[]) {
  test(`${name} has the bits that it has on every processor`, () => {
    const values = arguments20k().map((x) => elementary[name](x));
    const canonical = values.map((y) => (y === y ? y : NaN));
    const text = Array.from(canonical, (y) => (Object.is(y, -0) ? '-0' : y.toString())).join('\n');
    assert.equal(createHash('sha256').update(text).digest('hex').slice(0, 16), DIGESTS[name]);
  });
}
