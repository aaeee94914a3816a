/** Parquet that is decoded here, against DuckDB's reading of the same file. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { copyTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../simulate.ts';
import { openTrades, type InputOptions } from '../trades/trade-source.ts';
import { writeTrades } from '../trades/write-trades.ts';
import { openFlatTrades } from './flat-trades.ts';

async function read(file: string, options: InputOptions) {
  const source = await openTrades([file], options);
  const blocks: (TradeBlock & { readonly numbers: Float64Array })[] = [];
  const told: string[] = [];
  for await (const { block, numbers, words } of source.blocks()) {
    blocks.push({ ...copyTrades(block), numbers: numbers.slice(0, block.length) });
    for (const [row, word] of words) told.push(`${numbers[row]} ${word}`);
  }
  source.close();
  const all = (name: 'time' | 'price' | 'quantity' | 'side' | 'id' | 'numbers'): number[] =>
    blocks.flatMap((block) => Array.from(block[name]));
  return {
    blocks: blocks.length,
    told,
    unit: source.layouts[0].timeUnit,
    columns: [all('time'), all('price'), all('quantity'), all('side'), all('id'), all('numbers')],
  };
}

void test('the same trades as by DuckDB, in several row groups and blocks; a page that is none is refused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trades.parquet');
  await writeTrades(file, simulate({ trades: 140_000, seed: 5 }));
  const own = await read(file, {});
  // Whoever inspects is told the turnover of the source too, which DuckDB reads.
  const duck = await read(file, { inspect: true });
  assert.equal(own.columns[0].length, 140_000);
  // Blocks of 32,768 of a row group of 131,072 and of the rest.
  assert.equal(own.blocks, 5);
  assert.deepEqual(own.columns, duck.columns);
  const bytes = readFileSync(file);
  // The mark of the first compressed page.
  bytes.fill(0xff, bytes.indexOf('28b52ffd', 'hex'), bytes.indexOf('28b52ffd', 'hex') + 4);
  writeFileSync(file, bytes);
  // In the words of the decompressor that is called here.
  await assert.rejects(read(file, {}), /expected a complete Parquet file, found Unknown frame descriptor/);
});

const ROWS = 12_000;
const of = <T>(value: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => value(i));
const micros = (i: number): bigint => 1_700_000_000_000_000n + BigInt(i) * 1_000n;
const PRICE: ColumnSource = { name: 'price', data: of((i) => 100 + (i % 77) / 100), type: 'DOUBLE' };
const ID: ColumnSource = { name: 'id', data: of((i) => BigInt(i) * 5_000_000_000n), type: 'INT64' };
const SIZE: ColumnSource = { name: 'qty', data: of((i) => Math.sin(i) ** 2), type: 'DOUBLE' };
const TIME: ColumnSource = { name: 'time', data: of((i) => micros(i - (i % 3))), type: 'INT64' };
const MAKER: ColumnSource = { name: 'is_buyer_maker', data: of((i) => i % 3 === 0), type: 'BOOLEAN' };
const WORDS: ColumnSource = { name: 'side', data: of((i) => (i % 3 === 0 ? 'Sell' : ' buy ')), type: 'STRING' };
const dirty = (column: ColumnSource, values: Readonly<Record<number, unknown>>): ColumnSource => ({
  ...column,
  data: Array.from(column.data as ArrayLike<unknown>, (value, i) => (i in values ? values[i] : value)),
});

/** The bytes are those of a file that is decoded here, and give what DuckDB reads of them, in the order of the file. */
async function sameAsDuck(t: TestContext, bytes: ArrayBuffer): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // A folder of that name is a column, which is for DuckDB.
  const [file, other] = [join(folder, 'trades.parquet'), join(folder, 'by=duck', 'trades.parquet')];
  mkdirSync(join(folder, 'by=duck'));
  for (const path of [file, other]) writeFileSync(path, new Uint8Array(bytes));
  assert.notEqual(openFlatTrades(file, {}), undefined);
  assert.equal(openFlatTrades(other, {}), undefined);
  const [{ blocks: _, ...own }, { blocks: __, ...duck }] = [await read(file, {}), await read(other, {})];
  const [numbers, its] = [own.columns[5], duck.columns[5]];
  assert.deepEqual([numbers.length, its.length], [ROWS, ROWS]);
  assert.equal(
    its.findIndex((number, i) => number !== i + 1),
    -1,
  );
  own.columns.forEach((column, k) => {
    const differs = column.findIndex((value, i) => !Object.is(value, duck.columns[k][i]));
    assert.equal(differs, -1, `${column[differs]} and ${duck.columns[k][differs]} in column ${k}`);
  });
  assert.deepEqual({ ...own, columns: [] }, { ...duck, columns: [] });
}

/** Files of other tools: what they have in common is a value in every row. */
const FLAT: Readonly<Record<string, readonly ColumnSource[]>> = {
  'levels and dictionaries': [ID, PRICE, SIZE, TIME, MAKER].map((column) => ({ ...column, nullable: true })),
  'no levels': [ID, PRICE, SIZE, TIME, MAKER].map((column) => ({ ...column, nullable: false })),
  'words for sides': [ID, PRICE, SIZE, TIME, WORDS],
  'words for sides, plain': [ID, PRICE, SIZE, TIME, { ...WORDS, encoding: 'PLAIN' }],
  nanoseconds: [ID, PRICE, SIZE, { ...TIME, data: of((i) => micros(i) * 1000n + BigInt(i % 1000)) }, MAKER],
  milliseconds: [ID, PRICE, SIZE, { ...TIME, data: of((i) => micros(i) / 1000n) }, MAKER],
  dirt: [
    ID,
    dirty(PRICE, { 8: Infinity, 9: -0, 10: -Infinity }),
    SIZE,
    TIME,
    dirty(WORDS, { 11: '', 12: 'huh', 13: '  ', 11_999: 'Huh' }),
  ],
};

for (const [name, columnData] of Object.entries(FLAT))
  for (const codec of ['SNAPPY', 'ZSTD', 'UNCOMPRESSED'] as const)
    void test(`${name}, ${codec}: the same trades as by DuckDB`, async (t) => {
      const compressors = { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) };
      const groups = { rowGroupSize: 5000, pageSize: 9000 };
      await sameAsDuck(t, parquetWriteBuffer({ columnData: [...columnData], codec, compressors, ...groups }));
    });

/** Reads a file of these columns. */
async function readColumns(t: TestContext, columns: readonly ColumnSource[], by = ''): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, by), { recursive: true });
  const file = join(folder, by, 'trades.parquet');
  const columnData = columns.map((column) => ({ ...column, data: Array.from(column.data as ArrayLike<unknown>) }));
  writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 5000 })));
  await read(file, {});
}

void test('ids below zero are refused, here and by DuckDB', async (t) => {
  const columns = [dirty(ID, { 7003: -5n }), PRICE, SIZE, TIME, MAKER];
  const pattern = /row 7004: expected an id with all of its digits[^]*found -5, a number that is negative/;
  for (const by of ['plain', 'by=duck']) await assert.rejects(readColumns(t, columns, by), pattern);
});

void test('doubles that are no ids any more, and times of 32 bits, are refused', async (t) => {
  const doubles = (type: 'FLOAT' | 'DOUBLE', name: string, value: (i: number) => number): ColumnSource => ({
    name,
    data: of(value),
    type,
  });
  const others = [PRICE, SIZE, MAKER];
  const ids = (type: 'FLOAT' | 'DOUBLE', id: number): Promise<void> =>
    readColumns(t, [...others, TIME, doubles(type, 'id', (i) => (i === 7003 ? id : i === 7 ? NaN : i))]);
  await ids('DOUBLE', Number.MAX_SAFE_INTEGER);
  await ids('FLOAT', 16_777_215);
  for (const id of [1_163_336_546_743_369_730, -1, Infinity])
    await assert.rejects(ids('DOUBLE', id), /row 7004: expected an id with all of its digits/);
  await assert.rejects(ids('FLOAT', 16_777_216), /row 7004[^]*found 16777216/);
  const times = (type: 'FLOAT' | 'DOUBLE'): Promise<void> =>
    readColumns(t, [...others, ID, doubles(type, 'time', (i) => 1_700_000_000 + 60 * i)]);
  await times('DOUBLE');
  await assert.rejects(times('FLOAT'), /column time: expected times as integers[^]*numbers of 32 bits/);
});

/** Times in so many of a second, as its own type says. */
const typed = (unit: 'MICROS' | 'NANOS', isAdjustedToUTC: boolean): SchemaElement => ({
  name: 'timestamp',
  type: 'INT64',
  repetition_type: 'OPTIONAL',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit },
});

for (const time of [typed('MICROS', true), typed('MICROS', false), typed('NANOS', true), typed('NANOS', false)])
  void test(`times of a type, ${JSON.stringify(time.logical_type)}: the same trades as by DuckDB`, async (t) => {
    const scale = JSON.stringify(time).includes('NANOS') ? 1000n : 1n;
    const data = of((i) => micros(i) * scale + (scale === 1n ? 0n : BigInt(i % 1000)));
    const double = (name: string): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' });
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 5 },
      { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
      double('price'),
      double('qty'),
      time,
      { name: 'is_buyer_maker', type: 'BOOLEAN', repetition_type: 'REQUIRED' },
    ];
    const plain = [ID, PRICE, SIZE, { name: 'timestamp', data }, MAKER].map(({ name, data: values }) => ({
      name,
      data: values,
    }));
    await sameAsDuck(t, parquetWriteBuffer({ columnData: plain, schema, rowGroupSize: 5000 }));
  });

void test('rows without a value, other codecs and other types are left to DuckDB', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trades.parquet');
  const isFlat = (columnData: ColumnSource[]): boolean => {
    writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData })));
    return openFlatTrades(file, {}) !== undefined;
  };
  assert.equal(isFlat([ID, PRICE, SIZE, TIME, MAKER]), true);
  assert.equal(isFlat([ID, dirty(PRICE, { 3: null }), SIZE, TIME, MAKER]), false);
  assert.equal(isFlat([{ ...ID, data: of((i) => i), type: 'INT32' }, PRICE, SIZE, TIME, MAKER]), false);
  assert.equal(isFlat([ID, PRICE, SIZE, TIME, { ...WORDS, name: 'symbol' }, MAKER]), false);
  assert.equal(isFlat([ID, PRICE, SIZE, TIME, { ...WORDS, name: 'pair' }, MAKER]), false);
  assert.equal(isFlat([ID, PRICE, SIZE, { ...TIME, encoding: 'DELTA_BINARY_PACKED' }, MAKER]), false);
});
