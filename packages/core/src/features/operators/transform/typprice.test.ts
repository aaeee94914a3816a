import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

test('typprice: mean of high, low and close', () => {
  assertClose(one('typprice()', { high: [3, 5], low: [1, NaN], close: [2, 4] }), [2, NaN], 0);
});
