/** Other futures leave the past as it is, and are a market's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { shuffled, withoutRows, withoutValues } from './changes.ts';
import { garble, HOSTILE, type Future } from './garble.ts';
import type { ColumnType, ForeignTable } from './table.ts';

const ROWS = 200;
const make = (value: (i: number) => number): Float64Array => Float64Array.from({ length: ROWS }, (_, i) => value(i));
const column = (name: string, values: Float64Array, type: ColumnType = 'number') => ({ name, type, values });
const close = make((i) => 100 + Math.sin(i) + i / 50);
const table: ForeignTable = {
  time: 'date',
  form: 'ms',
  index: false,
  rows: ROWS,
  columns: [
    column(
      'date',
      make((i) => 1.7e15 + i * 6e7),
      'time',
    ),
    column(
      'id',
      make((i) => 10 + 3 * i),
      'integer',
    ),
    column(
      'open',
      make((i) => close[Math.max(0, i - 1)]),
    ),
    column(
      'high',
      close.map((x) => x + 2),
    ),
    column(
      'low',
      close.map((x) => x - 2),
    ),
    column('close', close),
    column(
      'trades',
      make((i) => (i * 7919) % 100),
      'integer',
    ),
    column(
      'side',
      make((i) => i % 2),
      'boolean',
    ),
    {
      ...column(
        'kind',
        make((i) => i % 3),
        'text',
      ),
      words: ['a', 'b', 'c'],
    },
  ],
  ordinals: Int32Array.from({ length: ROWS }, (_, i) => i),
  later: 0,
};
const values = ({ columns }: ForeignTable, name: string): Float64Array =>
  columns.find((one) => one.name === name)?.values as Float64Array;

test('every future: the past to the bit, times and ids kept, bars whole, types as they are', () => {
  for (const future of ['plain', ...HOSTILE] as readonly Future[]) {
    const other = garble(table, 120, future, mulberry32(3));
    for (const { name, values: own, type } of table.columns) {
      const changed = values(other, name);
      assert.deepEqual(changed.subarray(0, 120), own.subarray(0, 120), name);
      if (name === 'date' || name === 'id') assert.deepEqual(changed, own);
      else if (future === 'plain') assert.notDeepEqual(changed, own, name);
      if (type === 'integer') assert.ok(changed.every(Number.isInteger), name);
      if (type === 'boolean') assert.ok(changed.every((x) => x === 0 || x === 1));
    }
    const [high, low, opened, closed] = ['high', 'low', 'open', 'close'].map((name) => values(other, name));
    for (let i = 120; i < ROWS; i++) {
      assert.ok(high[i] >= Math.max(opened[i], closed[i]) && low[i] <= Math.min(opened[i], closed[i]) && low[i] > 0);
      if (future === 'flat') assert.equal(high[i], low[i]);
      if (future === 'silent') assert.equal(values(other, 'trades')[i], 0);
    }
  }
  assert.ok(Math.max(...values(garble(table, 120, 'spike', mulberry32(3)), 'close')) > 2e4);
});

test('holes and another order', () => {
  const missing = withoutValues(table, 50, 51);
  assert.ok(Number.isNaN(values(missing, 'close')[50]) && values(missing, 'date')[50] === values(table, 'date')[50]);
  assert.equal(missing.columns.find(({ name }) => name === 'trades')?.type, 'number');
  const gap = withoutRows(table, 50, 57);
  assert.equal(gap.rows, 193);
  assert.deepEqual([...gap.ordinals.subarray(48, 52)], [48, 49, 57, 58]);
  const mixed = shuffled(table, mulberry32(1));
  assert.ok(mixed.ordinals.every((from, i) => values(mixed, 'close')[i] === close[from]));
});
