/** An infinite value is one of many, and hides nothing of the others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noise } from '../hypotheses/noise.ts';
import { differenceOf } from '../measures/difference.ts';
import { pairOf } from '../measures/pair.ts';
import { makeMarket } from '../planted/market.ts';
import { memorySide } from '../sides/side.ts';
import { compareSides } from './compare.ts';

test('an infinite value among finite ones is a single row, shown as it is, and is no noise', async () => {
  const { time, columns } = makeMarket(5, 400);
  const close = columns['close'].slice();
  close[200] = Infinity;
  const a = memorySide('a', { time, close: columns['close'] }, ['time']);
  const { differing } = await compareSides(a, memorySide('b', { time, close }, ['time']));
  const [{ causes, first, absolute, relative, ulps }] = differing;
  assert.deepEqual([causes[0].cause, first.a, first.b], ['single rows', columns['close'][200], Infinity]);
  assert.deepEqual([absolute, relative, ulps], [0, 0, 0]);
  const rows = { key: time, isTime: true, starts: [0], gaps: [], name: String };
  assert.equal(noise(pairOf(columns['close'], close), rows), undefined);
});

test('what is farthest apart is found behind an infinite value', () => {
  const a = Float64Array.of(1, 2, 3, 4);
  const { rows, absolute, relative, ulps } = differenceOf(a, Float64Array.of(1, Infinity, 3 + 2 ** -51, 5));
  assert.deepEqual([rows, absolute, relative, ulps], [3, 1, 0.2, 2 ** 50]);
});
