import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDuck } from './duck.ts';
import { readBlocks } from './row-blocks.ts';
import { roomOf, takeMemory } from './table-room.ts';
import { createTableWriter, groupRowsOf, type TableColumn, type TableOptions } from './table-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-table-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const wide = (width: number): TableColumn[] => [
  { name: 'time', type: 'BIGINT' },
  { name: 'symbol', type: 'VARCHAR' },
  ...Array.from({ length: width }, (_, c) => ({ name: `c"${c}`, type: 'DOUBLE' as const })),
  { name: 'ready', type: 'BOOLEAN' },
];

/** 1 for rows from + i of an odd number. */
const odd = (from: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => (from + i) % 2);

/** Rows [from, from + count) of a table whose cell (i, c) is i + c / 1024, NaN where i + c is a multiple of 97. */
function values(from: number, count: number, width: number): Float64Array {
  const cell = (i: number, c: number): number => ((i + c) % 97 === 0 ? NaN : i + c / 1024);
  return Float64Array.from({ length: count * width }, (_, k) => cell(from + Math.floor(k / width), k % width));
}

test('rows come back in order from DuckDB, for any sizes of the pieces; negative and large integers too', async () => {
  const path = join(folder, 'wide.parquet');
  const width = 300;
  const total = groupRowsOf(width + 3) * 2 + 17;
  const table = createTableWriter(path, wide(width));
  for (let done = 0, step = 1; done < total; step = (step * 7) % 1009) {
    const count = Math.min(step, total - done);
    const times = Float64Array.from({ length: count }, (_, i) => (done + i - 5) * 2 ** 38);
    table.appendRows(count, times, 'BTCUSDT', values(done, count, width), width, [odd(done, count)]);
    done += count;
  }
  assert.equal(existsSync(path), false);
  table.commit();
  const duck = await openDuck();
  const result = await duck.connection.run(
    `SELECT count(*), sum(CAST(time = (i - 5) * 274877906944 AS INT)), sum(CAST(symbol = 'BTCUSDT' AS INT)),
     sum(CAST(ready = (i % 2 = 1) AS INT)),
     sum(CAST("c""7" IS NOT DISTINCT FROM (CASE WHEN (i + 7) % 97 = 0 THEN 'NaN'::DOUBLE ELSE i + 7 / 1024.0::DOUBLE END) AS INT)),
     sum(CAST("c""299" IS NOT DISTINCT FROM (CASE WHEN (i + 299) % 97 = 0 THEN 'NaN'::DOUBLE ELSE i + 299 / 1024.0::DOUBLE END) AS INT))
     FROM (SELECT *, file_row_number AS i FROM read_parquet('${path}', file_row_number = true))`,
  );
  assert.deepEqual((await result.getRows())[0].map(Number), [total, total, total, total, total, total]);
  duck.close();
});

test('the same rows make the same bytes', async () => {
  const { readFileSync } = await import('node:fs');
  const bytes = [1, 100].map((step) => {
    const path = join(folder, `same-${step}.parquet`);
    const table = createTableWriter(path, wide(3));
    for (let i = 0; i < 1000; i += step)
      table.appendRows(step, new Float64Array(step).fill(7), 'X', values(i, step, 3), 3, [odd(i, step)]);
    table.commit();
    return readFileSync(path);
  });
  assert.ok(bytes[0].equals(bytes[1]));
});

test('memory of a table before it makes the same bytes; while one has it another has its own', async () => {
  const { readFileSync } = await import('node:fs');
  const room = roomOf({});
  const written = (name: string, rows: number, options: TableOptions): Buffer => {
    const path = join(folder, name);
    const table = createTableWriter(path, wide(3), options);
    for (let i = 0; i < rows; i += 10)
      table.appendRows(10, new Float64Array(10).fill(i), 'X', values(i, 10, 3), 3, [odd(i, 10)]);
    table.commit();
    return readFileSync(path);
  };
  let length = 0;
  for (const rows of [1000, 200, 3000, 500]) {
    const expected = written('without.parquet', rows, {});
    assert.ok(written('with.parquet', rows, { room, isInside: true }).equals(expected));
    const memory = takeMemory(room);
    // What there was, where it is enough.
    assert.equal(memory.length === length, rows < 1000);
    ({ length } = memory);
    assert.equal(takeMemory(room).length, 0);
    assert.ok(written('beside.parquet', rows, { room }).equals(expected));
    room.memory = memory;
  }
});

test('an aborted table leaves nothing; a value that is no integer is refused', () => {
  const place = join(folder, 'aborted');
  mkdirSync(place);
  const table = createTableWriter(join(place, 'x.parquet'), wide(1));
  table.appendRows(1, Float64Array.of(1), 'X', Float64Array.of(1), 1, [odd(0, 1)]);
  table.abort();
  const other = createTableWriter(join(place, 'x.parquet'), wide(1));
  other.appendRows(1, Float64Array.of(0.5), 'X', Float64Array.of(1), 1, [odd(0, 1)]);
  assert.throws(() => other.commit(), /column time: expected a safe integer, found 0.5/);
  other.abort();
  assert.deepEqual(readdirSync(place), []);
});

test('a full disk is told, and nothing half-written stays', (t) => {
  const place = join(folder, 'small');
  mkdirSync(place);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]).status !== 0) {
    t.skip('no right to mount a small file system');
    return;
  }
  try {
    const table = createTableWriter(join(place, 'x.parquet'), wide(200));
    const noise = Float64Array.from({ length: 200 * 1000 }, (_, i) => Math.sin(i * i));
    assert.throws(() => {
      for (let k = 0; k < 20; k++) table.appendRows(1000, new Float64Array(1000), 'X', noise, 200, [odd(0, 1000)]);
      table.commit();
    }, /room enough, found a full disk/);
    assert.deepEqual(readdirSync(place), []);
  } finally {
    spawnSync('umount', [place]);
  }
});

test("large groups come back bit by bit, all columns at once within the reader's memory", async () => {
  const path = join(folder, 'large-groups.parquet');
  const width = 872;
  const groupBytes = 1 << 27;
  const rows = groupRowsOf(width + 3, groupBytes);
  assert.equal(rows, 8 * groupRowsOf(width + 3));
  const piece = 1024;
  const times = Float64Array.from({ length: piece }, (_, i) => i);
  const noise = Float64Array.from({ length: piece * width }, (_, k) => Math.sin(k * 1.7));
  const table = createTableWriter(path, wide(width), { groupBytes });
  const total = 2 * rows + piece;
  for (let done = 0; done < total; done += piece) table.appendRows(piece, times, 'X', noise, width, [odd(0, piece)]);
  table.commit();
  let at = 0;
  const names = ['time', ...Array.from({ length: width }, (_, c) => `c"${c}`), 'ready'];
  for await (const { count, columns } of readBlocks(path, names)) {
    for (let i = 0; i < count; i++) {
      const row = (at + i) % piece;
      if (Object.is(columns[872][i], noise[row * width + 871]) && columns[0][i] === row) continue;
      assert.fail(`row ${at + i}: ${columns[0][i]}, ${columns[872][i]}`);
    }
    at += count;
  }
  assert.equal(at, total);
});
