/** What columns of Parquet may be, beside what most files have. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTrades, type InputOptions } from '../trades/trade-source.ts';
import { openDuck } from './duck.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-columns-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

/** The columns of trades whose columns are these expressions over `i`, 0 to 5. */
async function trades(columns: Readonly<Record<string, string>>, options: InputOptions = {}) {
  const file = join(folder, `${++files}.parquet`);
  const all = { price: '100.0::DOUBLE', qty: '1.0::DOUBLE', time: '1700000000000 + i', ...columns };
  const duck = await openDuck();
  const list = Object.entries(all).map(([name, sql]) => `${sql} AS ${name}`);
  await duck.connection.run(`COPY (SELECT ${list.join(', ')} FROM range(6) t(i)) TO '${file}' (FORMAT parquet)`);
  duck.close();
  const source = await openTrades([file], options);
  const found = { time: [] as number[], price: [] as number[], side: [] as number[], words: [] as string[] };
  for await (const { block, words } of source.blocks()) {
    for (const name of ['time', 'price', 'side'] as const) found[name].push(...block[name].subarray(0, block.length));
    found.words.push(...words.values());
  }
  source.close();
  return found;
}

void test('a side is the number that it is, in whatever type; what is nothing is none, another is told', async () => {
  const cases: readonly (readonly [sql: string, side: readonly number[]])[] = [
    ['(CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END)::DOUBLE', [1, -1, 1, -1, 1, -1]],
    ['(CASE WHEN i % 2 = 0 THEN 1 ELSE 0 END)::FLOAT', [1, -1, 1, -1, 1, -1]],
    ['(CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END)::DECIMAL(3, 1)', [1, -1, 1, -1, 1, -1]],
    ["CASE WHEN i % 2 = 0 THEN '1.0' ELSE '-1.0' END", [1, -1, 1, -1, 1, -1]],
    ["CASE i WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE ELSE 1.0::DOUBLE END", [NaN, NaN, 1, 1, 1, 1]],
  ];
  for (const [side, expected] of cases) assert.deepEqual((await trades({ side })).side, expected, side);
  const { side, words } = await trades({ side: '(i / 2)::DOUBLE' });
  assert.deepEqual(
    [side, words],
    [
      [-1, 0, 1, 0, 0, 0],
      ['0.5', '1.5', '2.0', '2.5'],
    ],
  );
  assert.deepEqual((await trades({ is_buyer_maker: '(i % 2)::DOUBLE' })).side, [1, -1, 1, -1, 1, -1]);
  // Words of the instrument's own are numbers of the same kind.
  const own = { instrument: { sides: { buy: ['2.0'], sell: ['3'] } } };
  assert.deepEqual((await trades({ side: '(2 + i % 2)::DOUBLE' }, own)).side, [1, -1, 1, -1, 1, -1]);
});

void test('`zone` is that of times which name none, by their type or their text', async () => {
  const zone = 'America/New_York';
  const summer = Date.UTC(2024, 6, 1, 9, 30) * 1000;
  const later = (hours: number) => Array.from({ length: 6 }, (_, i) => summer + hours * 3_600_000_000 + i * 1_000_000);
  const [local, text] = ["TIMESTAMP '2024-07-01 09:30:00' + to_seconds(i)", "'2024-07-01 09:30:0' || i"];
  for (const time of [local, text]) {
    assert.deepEqual((await trades({ time })).time, later(0), time);
    assert.deepEqual((await trades({ time }, { zone })).time, later(4), time);
  }
  for (const time of [`(${local}) AT TIME ZONE 'UTC'`, `epoch_ms(${local})`, `${text} || 'Z'`])
    assert.deepEqual((await trades({ time }, { zone })).time, later(0), time);
});

void test('numbers that are text are read as those of text files are', async () => {
  const price = "'1.00' || i || ',5'";
  assert.deepEqual((await trades({ price }, { decimal: ',' })).price, [1000.5, 1001.5, 1002.5, 1003.5, 1004.5, 1005.5]);
  assert.ok((await trades({ price })).price.every((value) => value !== value));
});

void test('flags of a side that are numbers are the side in Parquet as they are in CSV', async () => {
  const file = join(folder, 'flags.csv');
  const lines = Array.from({ length: 6 }, (_, i) => `100,1,${1_700_000_000_000 + i},${(i + 1) % 2}`);
  writeFileSync(file, `price,qty,time,is_buy\n${lines.join('\n')}\n`);
  const source = await openTrades([file]);
  const sides: number[] = [];
  for await (const { block } of source.blocks()) sides.push(...block.side.subarray(0, block.length));
  source.close();
  assert.deepEqual(sides, [1, -1, 1, -1, 1, -1]);
  for (const type of ['TINYINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'DOUBLE', 'BOOLEAN'])
    assert.deepEqual((await trades({ is_buy: `((i + 1) % 2)::${type}` })).side, sides, type);
  // An integer that says more is none.
  assert.deepEqual(
    (await trades({ is_buy: 'i::INTEGER' })).side,
    Array.from({ length: 6 }, () => NaN),
  );
});
