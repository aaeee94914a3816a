import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { count, decimal, figure } from './figures.ts';

/** Numbers of every size that the engine writes without an exponent, halves among them. */
const value = fc.oneof(
  fc.integer(),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 2048),
);
/** There is one zero. */
const plain = (x: number): number => (x === 0 ? 0 : x);

test('a figure is written as the engine writes it in English', () => {
  fc.assert(
    fc.property(value, fc.nat(8), (x, digits) => {
      assert.equal(decimal(plain(x), digits), plain(x).toLocaleString('en', { maximumFractionDigits: digits }));
      assert.equal(count(plain(x)), plain(x).toLocaleString('en'));
    }),
    { numRuns: 2000 },
  );
  for (const x of [NaN, Infinity, -Infinity, 0, 999, 1000, 999_999.9996, 1e20])
    assert.equal(count(x), x.toLocaleString('en'));
});

test('of a small one three leading digits are written, of others two after the point', () => {
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 30 }), (x, down) => {
      const y = plain(x / 10 ** down);
      const options = Math.abs(y) < 1 && y !== 0 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
      assert.equal(figure(y), y.toLocaleString('en', options));
    }),
    { numRuns: 2000 },
  );
});
