import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { acos, asin, atan, cos, cosh, exp, expm1, log, log10, log1p, sin, sinh, tan, tanh } from './index.ts';

const any = fc.double({ noNaN: true });
const HALF_PI = 1.5707963267948966;

const specials: readonly (readonly [what: string, found: number, expected: number])[] = [
  ['log(0)', log(0), -Infinity],
  ['log(-1)', log(-1), NaN],
  ['log(1)', log(1), 0],
  ['log(Infinity)', log(Infinity), Infinity],
  ['log10(0)', log10(0), -Infinity],
  ['log10(-1)', log10(-1), NaN],
  ['log10(1000)', log10(1000), 3],
  ['log10(Infinity)', log10(Infinity), Infinity],
  ['log1p(-1)', log1p(-1), -Infinity],
  ['log1p(-2)', log1p(-2), NaN],
  ['log1p(-0)', log1p(-0), -0],
  ['log1p(-Infinity)', log1p(-Infinity), NaN],
  ['exp(1)', exp(1), Math.E],
  ['exp(-Infinity)', exp(-Infinity), 0],
  ['exp(Infinity)', exp(Infinity), Infinity],
  ['exp(709.79)', exp(709.79), Infinity],
  ['exp(-745.2)', exp(-745.2), 0],
  ['exp(-745)', exp(-745), 5e-324],
  ['expm1(-Infinity)', expm1(-Infinity), -1],
  ['expm1(-0)', expm1(-0), -0],
  ['expm1(709.79)', expm1(709.79), Infinity],
  ['sin(-0)', sin(-0), -0],
  ['sin(Infinity)', sin(Infinity), NaN],
  ['cos(-Infinity)', cos(-Infinity), NaN],
  ['tan(Infinity)', tan(Infinity), NaN],
  ['tan(-0)', tan(-0), -0],
  ['cos(0)', cos(0), 1],
  ['sin(1e22)', sin(1e22), -0.8522008497671888],
  ['cos(1.7976931348623157e308)', cos(Number.MAX_VALUE), -0.9999876894265599],
  ['atan(Infinity)', atan(Infinity), HALF_PI],
  ['atan(-Infinity)', atan(-Infinity), -HALF_PI],
  ['asin(1)', asin(1), HALF_PI],
  ['asin(1.1)', asin(1.1), NaN],
  ['acos(-1)', acos(-1), Math.PI],
  ['acos(1)', acos(1), 0],
  ['acos(-1.1)', acos(-1.1), NaN],
  ['sinh(711)', sinh(711), Infinity],
  ['sinh(-Infinity)', sinh(-Infinity), -Infinity],
  ['cosh(-Infinity)', cosh(-Infinity), Infinity],
  ['tanh(-Infinity)', tanh(-Infinity), -1],
  ['tanh(-0)', tanh(-0), -0],
];

for (const [what, found, expected] of specials)
  test(`${what} is ${expected}`, () => assert.ok(Object.is(found, expected), `${found}`));

const functions = { acos, asin, atan, cos, cosh, exp, expm1, log, log10, log1p, sin, sinh, tan, tanh };

for (const [name, f] of Object.entries(functions)) test(`${name}(NaN) is NaN`, () => assert.ok(Object.is(f(NaN), NaN)));

for (const [name, f] of Object.entries({ sin, tan, atan, asin, sinh, tanh }))
  test(`${name} is odd, to the bit`, () => {
    fc.assert(
      fc.property(any, (x) => Object.is(f(-x), -f(x))),
      { numRuns: 2000 },
    );
  });

for (const [name, f] of Object.entries({ cos, cosh }))
  test(`${name} is even, to the bit`, () => {
    fc.assert(
      fc.property(any, (x) => Object.is(f(-x), f(x))),
      { numRuns: 2000 },
    );
  });

test('none is more than an ulp or two from the engine, whichever that is, over all doubles', () => {
  for (const [name, f] of Object.entries(functions)) {
    const theirs = Math[name as keyof typeof functions];
    fc.assert(
      fc.property(any, (x) => {
        const [a, b] = [f(x), theirs(x)];
        return Object.is(a, b) || Math.abs(a - b) <= 4.5e-16 * Math.abs(b) + 1e-323;
      }),
      { numRuns: 5000 },
    );
  }
});
