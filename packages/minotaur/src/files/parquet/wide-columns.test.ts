import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsBytes, columnsIn, NONE } from './flat-columns.ts';
import { createWideColumns } from './wide-columns.ts';

const ROWS = 5003;
const CAPACITY = 4099;

/** Columns of all sorts of integers, whose ids are none that is negative, and of sides. */
function sample() {
  const columns = columnsIn(new SharedArrayBuffer(columnsBytes(ROWS)), 0, ROWS);
  let seed = 1;
  const next = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0);
  const edges = [0, 1, -1, 0x7fff_ffff, -0x8000_0000];
  for (let i = 0; i < ROWS; i++) {
    const word = (k: number): number => (i < 25 ? edges[k === 0 ? i % 5 : Math.floor(i / 5)] : next());
    columns.time[2 * i] = word(0);
    columns.time[2 * i + 1] = i % 3 === 0 ? word(1) : word(1) >> 12;
    columns.id[2 * i] = word(0);
    columns.id[2 * i + 1] = word(1) & 0x7fff_ffff;
    columns.side[i] = [1, -1, 0, NONE][next() & 3];
  }
  return columns;
}

const STRETCHES = [
  { from: 0, length: CAPACITY },
  { from: 904, length: CAPACITY },
  { from: 3, length: 2048 },
  { from: 5002, length: 1 },
  { from: 17, length: 2050 },
];

void test('with loops of vectors and without: the same times, ids and sides, and no row behind them', () => {
  const columns = sample();
  const both = [createWideColumns(CAPACITY), createWideColumns(CAPACITY, true)];
  const blocks = both.map((wide) => [wide.createBlock(), wide.createBlock()]);
  for (const [turn, rows] of STRETCHES.entries()) {
    for (const scale of [1, 1000, 1_000_000]) {
      const [found, expected] = both.map((wide, k) => {
        const block = blocks[k][turn % 2];
        wide.times(block, columns.time, scale, rows);
        wide.sides(block, columns.side, rows);
        assert.equal(wide.ids(block, columns.id, rows), -1);
        const bits = new BigUint64Array(block.time.slice(0, rows.length).buffer);
        return { bits, side: block.side.slice(0, rows.length), id: block.id.slice(0, 4 * rows.length) };
      });
      assert.deepEqual(found, expected, JSON.stringify({ ...rows, scale }));
      const view = new BigInt64Array(columns.time.buffer, columns.time.byteOffset + 8 * rows.from, rows.length);
      const last = rows.length - 1;
      assert.equal(new Float64Array(expected.bits.buffer)[last], Number(view[last]) * scale);
      assert.equal(expected.side.includes(NONE), false);
    }
  }
});

void test('what one block holds stays as it is while the other is written', () => {
  for (const isPlain of [false, true]) {
    const columns = sample();
    const wide = createWideColumns(CAPACITY, isPlain);
    const [first, second] = [wide.createBlock(), wide.createBlock()];
    const write = (block: typeof first, from: number): void => {
      const rows = { from, length: CAPACITY };
      wide.sides(block, columns.side, rows);
      wide.ids(block, columns.id, rows);
      wide.times(block, columns.time, 1, rows);
    };
    write(first, 0);
    const before = [first.time.slice(), first.side.slice(), first.id.slice()];
    write(second, 904);
    assert.deepEqual([first.time, first.side, first.id], before);
  }
});

void test('the first id that is negative is found, and none behind the rows that were asked for', () => {
  for (const isPlain of [false, true]) {
    const columns = sample();
    const wide = createWideColumns(CAPACITY, isPlain);
    const block = wide.createBlock();
    for (const wrong of [4098, 2048, 2047, 0]) {
      columns.id[2 * wrong + 1] |= -0x8000_0000;
      assert.equal(wide.ids(block, columns.id, { from: 0, length: CAPACITY }), wrong);
      assert.equal(wide.ids(block, columns.id, { from: 0, length: wrong }), -1);
    }
  }
});
