import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

const table = { high: [10, 12, 13, 13], low: [8, 9, 9, 6], close: [9, 11, 10, 7] };

test('plus_di: worked by hand, with percent from a period of 2 on', () => {
  // Movements 2, 1, 0; true ranges 3, 4, 7; sums after row 1 are halved before each addition.
  assertClose(one('plus_di(2)', table), [NaN, NaN, (100 * 2) / 5.5, (100 * 1) / 9.75]);
  assertClose(one('plus_di(1)', table), [NaN, 2 / 3, 1 / 4, 0]);
});
