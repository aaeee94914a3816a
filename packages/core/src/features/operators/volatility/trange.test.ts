import { test } from 'node:test';
import { assertClose, one, trueRanges, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('trange: the range, widened to the close before', () => {
  assertClose(one('trange()', bars), trueRanges(bars), 0);
  const gaps = { high: [2, 9, 3], low: [1, 8, 2], close: [1, 8, 3] };
  assertClose(one('trange()', gaps), [NaN, 8, 6], 0);
});

test('trange: no value where a NaN is read', () => {
  assertClose(one('trange()', { high: [2, 2, 2, 2], low: [1, 1, 1, 1], close: [1, NaN, 1, 1] }), [NaN, 1, NaN, 1], 0);
});
