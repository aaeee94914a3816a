import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, one } from '../../../../../../test/oracle.ts';

const table = { high: [10, 12, 13, 13], low: [8, 9, 9, 6], close: [9, 11, 10, 7] };

test('plus_di: worked by hand, with percent from a period of 2 on', () => {
  // Movements 2, 1, 0; true ranges 3, 4, 7; sums after row 1 are halved before each addition.
  assertClose(one('plus_di(2)', table), [NaN, NaN, (100 * 2) / 5.5, (100 * 1) / 9.75]);
  assertClose(one('plus_di(1)', table), [NaN, 2 / 3, 1 / 4, 0]);
});

test('plus_di, minus_di, dx, adx: a silence of a day changes nothing', () => {
  const long = (start: readonly number[]): number[] => [...start, ...new Array<number>(86_400).fill(7)];
  const bars = { high: long([10, 12, 13, 13, 9]), low: long([8, 9, 9, 6, 6]), close: long([9, 11, 10, 7, 7]) };
  for (const name of ['plus_di', 'minus_di', 'dx']) {
    const found = one(`${name}(2)`, bars);
    assert.ok(found[6] > 1, `${name}: ${found[6]}`);
    assert.equal(found[bars.close.length - 1], found[6], name);
  }
  const adx = one('adx(2)', bars);
  assert.ok(Math.abs(adx[bars.close.length - 1] - one('dx(2)', bars)[6]) < 1e-9);
});
