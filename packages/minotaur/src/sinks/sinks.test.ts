import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writePartitions } from './parquet.ts';
import { requireFit } from './postgres-table.ts';
import { encodeRows } from './postgres-copy.ts';
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
