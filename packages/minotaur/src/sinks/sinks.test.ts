import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBlocks } from '../files/parquet/row-blocks.ts';
import { openPartitions, writePartitions } from './parquet.ts';
import { mayPass } from './postgres-connection.ts';
import { requireFit, placesOf, statementsOf } from './postgres-table.ts';
import { encodeRows } from './postgres-copy.ts';
import { mayPass as mayPassInRedis } from './redis-connection.ts';
import { decodeRow, encodeRow } from './redis-row.ts';
import { nameOfInstruments, type RowSource, type SinkBlock } from './sink-rows.ts';

const block: SinkBlock = {
  count: 2,
  width: 2,
  epoch: 3,
  ordinal: 40,
  time: Float64Array.of(1_722_816_000_000_001, 1_722_816_000_000_002),
  values: Float64Array.of(1.5, NaN, -Infinity, 2),
  ready: Float64Array.of(0, 1),
  complete: Float64Array.of(1, 0),
};
const schemaId = 'ab'.repeat(32);

test('a row comes back from its blob; what is no row is refused', () => {
  const bytes = encodeRow(schemaId, block, 1);
  assert.deepEqual(decodeRow(bytes, 'key'), {
    epoch: 3,
    ordinal: 41,
    time: 1_722_816_000_000_002,
    ready: true,
    complete: false,
    schemaId,
    numbers: Float64Array.of(-Infinity, 2),
  });
  const first = decodeRow(encodeRow(schemaId, block, 0), 'key');
  assert.deepEqual([first.ready, first.complete, [...first.numbers]], [false, true, [1.5, NaN]]);
  assert.throws(() => decodeRow(bytes.subarray(0, 64), 'key'), /key: expected a row \(MNTRROW1\), found 64 bytes/);
  assert.throws(() => decodeRow(bytes.subarray(0, 75), 'key'), /found 75 bytes of something else/);
  assert.throws(() => decodeRow(Buffer.alloc(80), 'key'), /found 80 bytes of something else/);
});

test('copied rows have their fields whole, whatever the layout', () => {
  for (const [layout, fields] of [
    ['columns', 10],
    ['array', 9],
  ] as const) {
    const bytes = encodeRows({ instruments: 'BTCUSDT', schemaId }, block, layout);
    let at = 0;
    for (let row = 0; row < 2; row++) {
      assert.equal(bytes.readInt16BE(at), fields);
      at += 2;
      for (let field = 0; field < fields; field++) at += 4 + bytes.readInt32BE(at);
    }
    assert.equal(at, bytes.length, layout);
  }
});

test('what does not fit into a table is said before, with the layout that does', () => {
  const columns = (n: number): string[] => Array.from({ length: n }, (_, i) => `bar.c${i}`);
  const fit = (names: readonly string[], layout: 'columns' | 'array' = 'columns', table = 'rows'): void =>
    requireFit({ instruments: 'BTCUSDT', columns: names }, { table, layout });
  fit(columns(872));
  assert.throws(
    () => fit(columns(1000)),
    /layout: expected rows of 8136 bytes at most.*`array`.*found \d+ bytes of 1000 columns/,
  );
  assert.throws(() => fit(columns(2000)), /expected 1592 columns of values at most.*found 2000/);
  assert.throws(() => fit(['x'.repeat(64)]), /expected names of 63 bytes at most/);
  assert.throws(() => fit(['time']), /expected columns beside instruments, .*found 'time'/);
  assert.throws(() => fit(['a'], 'columns', 'a; drop'), /a name of small letters/);
  fit(columns(5000), 'array');
});

test('a table may be called as a word of SQL is', () => {
  const { create, ...others } = statementsOf({ columns: ['a'] }, { table: 'user', layout: 'columns' });
  for (const sql of [...create, ...Object.values(others), ...Object.values(placesOf({ table: 'user' }))])
    assert.doesNotMatch(sql.replaceAll(/"[^"]*"/g, ''), /user/, sql);
  assert.match(create[0], /^CREATE TABLE IF NOT EXISTS "user" \(/);
});

test('instruments of two venues have two names, and no symbol can be taken for another', () => {
  const name = (...all: readonly (readonly [string | null, string])[]): string =>
    nameOfInstruments(all.map(([venue, symbol]) => ({ venue, symbol })));
  assert.equal(name(['binance-spot', 'BTCUSDT']), 'binance-spot:BTCUSDT');
  assert.equal(name([null, 'BTCUSDT']), 'BTCUSDT');
  assert.equal(name([null, 'A'], ['bybit-spot', 'B']), 'A+bybit-spot:B');
  assert.equal(name([null, 'A+B%:']), 'A%2BB%25%3A');
});

test('partitions: a symbol is no folder; a row that comes again is left, one of other bits is refused', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'minotaur-partitions-'));
  t.after(() => rmSync(out, { recursive: true }));
  const source = (instruments: string, own: SinkBlock = block): RowSource => ({
    instruments,
    schemaId,
    columns: ['a', 'b'],
    async *blocks() {
      yield await Promise.resolve(own);
    },
  });
  const told = (): Promise<void> => Promise.resolve();
  const names = ['../..', 'kraken-spot:XBT/USD', 'A+B', 'A%2BB', "a*'"];
  for (const name of names) assert.equal(await writePartitions(source(name), out, told), 2);
  const folders = readdirSync(out).sort();
  assert.deepEqual(
    folders.map((folder) => decodeURIComponent(folder.slice('instruments='.length))).sort(),
    names.sort(),
  );
  await writePartitions(source('A+B'), out, told);
  const other = { ...block, values: Float64Array.of(1.5, NaN, -Infinity, 3) };
  await assert.rejects(
    writePartitions(source('A+B', other), out, told),
    /rows-000000000000\.parquet: expected the row that is there: A\+B, schema abab.*epoch 3, ordinal 41, found one of other bits/,
  );
});

test('partitions have one sink at a time; another is refused by name', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'minotaur-one-sink-'));
  t.after(() => rmSync(out, { recursive: true }));
  const first = openPartitions(out);
  assert.throws(
    () => openPartitions(out),
    (error: Error) =>
      error.message ===
      `${out}: expected a folder of partitions that no other sink writes, found one of process ${process.pid}`,
  );
  await first.close();
  await openPartitions(out).close();
  assert.deepEqual(readdirSync(out), []);
});

test('what PostgreSQL refuses is worth another try where it may pass, and only there', () => {
  const passing = [
    undefined,
    'ECONNREFUSED',
    'EPIPE',
    '08006',
    '40001',
    '40P01',
    '53100',
    '53300',
    '55P03',
    '57014',
    '57P01',
    '57P03',
    '58030',
    '25006',
    '42P07',
  ];
  for (const code of passing) assert.ok(mayPass({ code }), code);
  const final = [
    '22P02',
    '23502',
    '23505',
    '25P02',
    '28000',
    '28P01',
    '3D000',
    '42501',
    '42601',
    '42703',
    '42P01',
    '42804',
    '54011',
    'XX000',
  ];
  for (const code of final) assert.ok(!mayPass({ code }), code);
  assert.ok(mayPass({ code: '23505', schema: 'pg_catalog' }));
  assert.ok(!mayPass({ code: '23505', schema: 'public' }));
});

test('what Redis refuses is worth another try unless no waiting mends it', () => {
  const passing = [
    'connect ECONNREFUSED 127.0.0.1:1',
    "OOM command not allowed when used memory > 'maxmemory'.",
    "READONLY You can't write against a read only replica.",
    'LOADING Redis is loading the dataset in memory',
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
    'NOSCRIPT No matching script. Please use EVAL.',
    'ERR max number of clients reached',
    "ERR Error running script (call to f_1): @user_script: 3: -OOM command not allowed when used memory > 'maxmemory'.",
  ];
  for (const words of passing) assert.ok(mayPassInRedis(words), words);
  const final = [
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    'NOAUTH Authentication required.',
    'WRONGPASS invalid username-password pair or user is disabled.',
    "NOPERM this user has no permissions to run the 'set' command",
    'MOVED 3999 127.0.0.1:6381',
    "ERR unknown command 'evalsha', with args beginning with: ",
    'ERR DB index is out of range',
    'ERR Error running script (call to f_1): @user_script:3: WRONGTYPE Operation against a key',
  ];
  for (const words of final) assert.ok(!mayPassInRedis(words), words);
});

/** Rows `first` to `first + count`, whose value is `base` and the ordinal. */
function numbered(first: number, count: number, base: number): SinkBlock {
  const ordinals = Float64Array.from({ length: count }, (_, i) => first + i);
  const ones = new Float64Array(count).fill(1);
  const values = ordinals.map((ordinal) => base + ordinal);
  return { count, width: 1, epoch: 0, ordinal: first, time: ordinals, values, ready: ones, complete: ones };
}

test('partitions of a correction: rows from its first on go, of its epoch alone, and files that hold none of it stay as they are', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'minotaur-replaced-'));
  t.after(() => rmSync(out, { recursive: true }));
  const chain = { instruments: 'A', schemaId, columns: ['a'] };
  const send = async (blocks: readonly SinkBlock[], replace: boolean): Promise<void> => {
    const store = openPartitions(out, { replace });
    try {
      for (const own of blocks) await store.put(chain, own);
      await store.settle();
    } finally {
      await store.close();
    }
  };
  const there = async (epoch = 0): Promise<number[]> => {
    const folder = join(out, 'instruments=A', `schema=${schemaId}`, `epoch=${epoch}`);
    const found: number[] = [];
    for (const name of readdirSync(folder).sort())
      for await (const { count, columns } of readBlocks(join(folder, name), ['a']))
        found.push(...columns[0].subarray(0, count));
    return found;
  };
  await send([numbered(0, 20_000, 0), { ...numbered(0, 3, 7), epoch: 1 }], false);
  const first = join(out, 'instruments=A', `schema=${schemaId}`, 'epoch=0', 'rows-000000000000.parquet');
  const before = statSync(first).mtimeMs;
  await assert.rejects(send([numbered(9000, 300, 0.5)], false), /ordinal 9000, found one of other bits/);
  await send([numbered(9000, 300, 0.5), numbered(9300, 200, 0.5)], true);
  const rows = await there();
  assert.equal(rows.length, 9500);
  assert.deepEqual([rows[8999], rows[9000], rows[9499]], [8999, 9000.5, 9499.5]);
  assert.equal(statSync(first).mtimeMs, before);
  assert.deepEqual(await there(1), [7, 8, 9]);
  // Of fewer rows, in the same file.
  await send([numbered(9000, 1, 0.25)], true);
  assert.equal((await there()).at(-1), 9000.25);
  await assert.rejects(
    send([numbered(9100, 1, 0), numbered(9000, 1, 0)], true),
    /--replace: expected rows of A, epoch 0, in order, the first of them first, found ordinal 9000 after 9100/,
  );
});

test('a correction whose chains or epochs come in turns keeps all that it brings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-turns-'));
  const own = (instruments: string) => ({ instruments, schemaId, columns: ['a', 'b'] });
  const rows = (ordinal: number, count: number, epoch = 0): SinkBlock => ({
    count,
    width: 2,
    epoch,
    ordinal,
    time: Float64Array.from({ length: count }, (_, i) => 1e15 + ordinal + i),
    ready: new Float64Array(count).fill(1),
    complete: new Float64Array(count).fill(1),
    values: new Float64Array(2 * count).fill(ordinal),
  });
  try {
    const before = openPartitions(folder);
    await before.put(own('A'), rows(0, 300));
    await before.settle();
    await before.close();
    const correction = openPartitions(folder, { replace: true });
    await correction.put(own('A'), rows(0, 100));
    await correction.put(own('B'), rows(0, 100));
    await correction.put(own('A'), rows(0, 5, 1));
    await correction.put(own('A'), rows(100, 100));
    await correction.settle();
    await correction.close();
    const found: number[] = [];
    const at = join(folder, 'instruments=A', `schema=${schemaId}`, 'epoch=0');
    for (const name of readdirSync(at))
      for await (const { count, columns } of readBlocks(join(at, name), ['ordinal']))
        found.push(...columns[0].subarray(0, count));
    assert.deepEqual(
      found.sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, i) => i),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
