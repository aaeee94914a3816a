import { test } from 'node:test';
import { assertClose, assertSkips, one, walkingBars } from '../../../../../../test/oracle.ts';

test('cumsum: all values since the first row, without rounding', () => {
  assertClose(one('cumsum(x)', { x: [1e16, 1, NaN, 1, -1e16] }), [1e16, 1e16, NaN, 1e16 + 2, 2], 0);
});

test('cumsum: skips NaN', () => assertSkips('cumsum(close)', 1, walkingBars()));
