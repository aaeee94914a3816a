import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

const table = { high: [10, 12, 13, 13], low: [8, 9, 9, 6], close: [9, 11, 10, 7] };

test('minus_di: worked by hand, with percent from a period of 2 on', () => {
  // Movements 0, 0, 3; true ranges 3, 4, 7; sums after row 1 are halved before each addition.
  assertClose(one('minus_di(2)', table), [NaN, NaN, 0, (100 * 3) / 9.75]);
  assertClose(one('minus_di(1)', table), [NaN, 0, 0, 3 / 7]);
});
