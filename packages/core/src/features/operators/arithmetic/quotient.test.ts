import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

test('quotient: a given value where the divisor is 0, none above a NaN', () => {
  assertClose(one('quotient(a, b, 7)', { a: [6, 6, NaN, 0, 1e300], b: [3, 0, 0, 5, 1e-300] }), [2, 7, NaN, 0, NaN], 0);
});
