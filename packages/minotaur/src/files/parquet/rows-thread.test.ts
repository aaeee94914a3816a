import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { createRowTable } from './rows-thread.ts';
import type { TableRoom } from './table-room.ts';
import { createTableWriter, type TableColumn } from './table-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-rows-thread-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const WIDTH = 600;
const GROUP_BYTES = 1 << 25;
const columns: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'symbol', type: 'VARCHAR' },
  ...Array.from({ length: WIDTH }, (_, c): TableColumn => ({ name: `c${c}`, type: 'DOUBLE' })),
  { name: 'ready', type: 'BOOLEAN' },
  { name: 'complete', type: 'BOOLEAN' },
];

/** Rows from row `first` on; the values of each are its own. */
function rowsFrom(first: number, count: number): RowBlock {
  const values = new Float64Array(count * WIDTH);
  for (let k = 0; k < values.length; k++) values[k] = Math.sin(first * WIDTH + k);
  const column = (of: (row: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => of(first + i));
  return {
    count,
    width: WIDTH,
    time: column((row) => 1e15 + row),
    values,
    ready: column((row) => Number(row > 5)),
    complete: column((row) => row % 2),
  };
}

const orderOf = (path: string) => ({ path, columns, symbol: 'BTCUSDT', groupBytes: GROUP_BYTES });

/** Blocks of the sizes in turn, so many rows in all. */
function write(path: string, total: number, sizes: readonly number[]): void {
  const table = createRowTable(orderOf(path));
  for (let done = 0, k = 0; done < total; k++) {
    const count = Math.min(total - done, sizes[k % sizes.length]);
    table.add(rowsFrom(done, count));
    done += count;
  }
  table.commit();
}

/** The same by the table writer alone. */
function writePlainly(path: string, total: number): void {
  const table = createTableWriter(path, columns, { groupBytes: GROUP_BYTES });
  const { time, values, ready, complete } = rowsFrom(0, total);
  table.appendRows(total, time, 'BTCUSDT', values, WIDTH, [ready, complete]);
  table.commit();
}

for (const [what, total] of [
  ['rows that fit into the ring, which the caller writes', 1500],
  ['rows that go round the ring, which a thread writes', 21_000],
] as const)
  test(`${what}: the bytes of the table writer, whatever the blocks`, () => {
    const [own, plain] = [join(folder, `${total}-own.parquet`), join(folder, `${total}-plain.parquet`)];
    write(own, total, [1, 700, 33, 2048]);
    writePlainly(plain, total);
    assert.ok(readFileSync(own).equals(readFileSync(plain)));
  });

test('rows that the caller writes take memory for themselves, not for all that fit into the ring', () => {
  const room: TableRoom = {};
  const table = createRowTable(orderOf(join(folder, 'few.parquet')), room);
  table.add(rowsFrom(0, 100));
  table.commit();
  assert.equal(room.memory?.length, 100 * columns.filter(({ type }) => type !== 'VARCHAR').length);
});

test('aborted, before there is a thread and with one: nothing is left', () => {
  const place = join(folder, 'aborted');
  mkdirSync(place);
  for (const blocks of [1, 12]) {
    const table = createRowTable(orderOf(join(place, 'rows.parquet')));
    for (let k = 0; k < blocks; k++) table.add(rowsFrom(1000 * k, 1000));
    assert.equal(readdirSync(place).length, 1);
    table.abort();
    assert.deepEqual(readdirSync(place), []);
  }
});

test('a disk that is full is told to who adds rows or commits; nothing is left', (t) => {
  const place = join(folder, 'small');
  mkdirSync(place);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place]).status !== 0) {
    t.skip('no right to mount a small file system');
    return;
  }
  try {
    const table = createRowTable(orderOf(join(place, 'rows.parquet')));
    assert.throws(() => {
      for (let k = 0; k < 20; k++) table.add(rowsFrom(1000 * k, 1000));
      table.commit();
    }, /room enough, found a full disk/);
    table.abort();
    assert.deepEqual(readdirSync(place), []);
  } finally {
    spawnSync('umount', [place]);
  }
});
