import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

test('valid: x where y has a value', () => {
  assertClose(one('valid(x, y)', { x: [1, 2, NaN, 4], y: [NaN, 0, 1, -1] }), [NaN, 2, NaN, 4], 0);
});
