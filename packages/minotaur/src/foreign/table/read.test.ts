/** Tables as they are read for foreign code, and as they are written for it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTableWriter } from '../../files/parquet/table-writer.ts';
import { csvLines } from './csv.ts';
import { readTable } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-read-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

test('whole numbers are integers only where they are written as such', async () => {
  const path = file(
    'types.csv',
    'time,count,price,large,hole,word',
    '2024-01-01T00:00:00Z,1,5.0,1e3,1,a',
    '2024-01-01T00:01:00Z,2,6,2000,,b',
  );
  const { table, leftOut } = await readTable(path);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(
    table.columns.map(({ name, type }) => `${name} ${type}`),
    ['time time', 'count integer', 'price number', 'large number', 'hole number', 'word text'],
  );
});

test('words for no value are none, also among texts and times', async () => {
  const path = file(
    'none.csv',
    'time,x,word,until',
    ...['', 'NaN', 'NULL', 'None', 'N/A', '#N/A', '<NA>', 'NaT'].map(
      (none, i) => `2024-01-01T00:0${i}:00Z,${none},${none},${none}`,
    ),
    '2024-01-01T00:10:00Z,1,up,2024-01-01T00:00:00Z',
  );
  const { table } = await readTable(path);
  assert.deepEqual(
    table.columns.map(({ name, type, words, values }) => [name, type, words, values.filter(Number.isNaN).length]),
    [
      ['time', 'time', undefined, 0],
      ['x', 'number', undefined, 8],
      ['word', 'text', ['up'], 8],
      ['until', 'time', undefined, 8],
    ],
  );
});

test('a column named twice is refused by its name', async () => {
  const path = file('twice.csv', 'time,close, close', '2024-01-01T00:00:00Z,1,2');
  await assert.rejects(readTable(path), /each column once, found 'close' twice/);
});

test('a second column of times may have holes', async () => {
  const path = file('holes.csv', 'time,until', '2024-01-01T00:00:00Z,', '2024-01-01T00:01:00Z,2024-01-02T00:00:00Z');
  const { table } = await readTable(path);
  assert.equal(table.columns[1].type, 'time');
  assert.deepEqual(csvLines(table).slice(1), [
    '2024-01-01T00:00:00.000000Z,',
    '2024-01-01T00:01:00.000000Z,2024-01-02T00:00:00.000000Z',
  ]);
});

test('of Parquet texts, flags and times are given, and numbers by their types', async () => {
  const path = join(folder, 'typed.parquet');
  const writer = createTableWriter(path, [
    { name: 'time', type: 'BIGINT' },
    { name: 'symbol', type: 'VARCHAR' },
    { name: 'volume', type: 'DOUBLE' },
    { name: 'count', type: 'BIGINT' },
    { name: 'buyer', type: 'BOOLEAN' },
    { name: 'until', type: 'VARCHAR' },
  ]);
  const numbers = (...values: readonly number[]): Float64Array => Float64Array.from(values);
  const until = ['2024-01-02T00:00:00Z', '2024-01-03T00:00:00Z'];
  writer.appendColumns(2, [
    numbers(1.7e15, 1.7e15 + 6e7),
    ['B,TC', ''],
    numbers(5, 6),
    numbers(7, 8),
    numbers(1, 0),
    until,
  ]);
  writer.commit();
  const { table, leftOut } = await readTable(path);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(
    table.columns.map(({ type }) => type),
    ['time', 'text', 'number', 'integer', 'boolean', 'time'],
  );
  // A program that infers types takes `5` for an integer.
  assert.deepEqual(csvLines(table).slice(1), [
    '1700000000000000,"B,TC",5.0,7,true,1704153600000000',
    '1700000060000000,,6.0,8,false,1704240000000000',
  ]);
});
