/** What an instrument and a configuration say of text tables holds for Parquet too. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { openDuck } from '../packages/minotaur/src/files/parquet/duck.ts';
import { temporaryFolder } from './cli.ts';
import { readTrades } from './read-trades.ts';

const folder = temporaryFolder();

/** A file of the rows of a query. */
async function parquet(name: string, sql: string): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  const duck = await openDuck();
  await duck.connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  duck.close();
  return path;
}

const TARDIS = `SELECT * FROM (VALUES
  ('bitmex', 'XBTUSD', 1583020803145000, 1583020803307160, '0f7a7a0e-2c3b-4d5e-8f90-000000000001', 'sell', 8531.5, 10.0),
  ('bitmex', 'ETHUSD', 1583020803146000, 1583020803307160, '0f7a7a0e-2c3b-4d5e-8f90-000000000002', 'buy', 217.5, 10.0),
  ('bitmex', 'XBTUSD', 1583020803147000, 1583020803307160, '1163336546743369731', 'Ask', 8532.5, 7.0),
  ('bitmex', 'XBTUSD', 1583020803148000, 1583020803307160, NULL, '', 8533.5, 7.0)
  ) AS t(exchange, symbol, timestamp, local_timestamp, id, side, price, amount)`;

test('symbols, ids that are text, words that are not known, rows at their place', async () => {
  const file = await parquet('tardis', TARDIS);
  await assert.rejects(readTrades([file]), /ETHUSD, XBTUSD/);
  await assert.rejects(readTrades([file], { instrument: { symbol: 'SOL' } }), /trades of ETHUSD, XBTUSD/);
  const { trades, leftOut, layouts } = await readTrades([file], { instrument: { symbol: 'XBTUSD' } });
  assert.deepEqual([layouts[0].layout, layouts[0].venue, leftOut], ['tardis trades', 'bitmex', { 'other symbol': 1 }]);
  assert.deepEqual(trades, [
    {
      time: 1583020803145000,
      id: '0f7a7a0e-2c3b-4d5e-8f90-000000000001',
      price: 8531.5,
      quantity: 10,
      side: -1,
      place: `${file} row 1`,
    },
    {
      time: 1583020803147000,
      id: '1163336546743369731',
      price: 8532.5,
      quantity: 7,
      side: 0,
      place: `${file} row 3, side "Ask"`,
    },
    { time: 1583020803148000, id: 'none', price: 8533.5, quantity: 7, side: NaN, place: `${file} row 4` },
  ]);
});

test('integers as ids, whatever their width; a sign that is the side; rows by their texts', async () => {
  const rows = (type: string, id: string): string =>
    `SELECT * FROM (VALUES (CAST(${id} AS ${type}), 1700000000000, 100.0, 0.5, 'T'),
      (CAST(NULL AS ${type}), 1700000000001, 101.0, -2.0, 'T'), (CAST(7 AS ${type}), 1700000000002, 102.0, 3.0, 'Q'))
      AS t(id, time, price, qty, kind)`;
  for (const [type, id] of [
    ['INTEGER', '2147483647'],
    ['UINTEGER', '4294967295'],
    ['BIGINT', '9223372036854775807'],
    ['UBIGINT', '18446744073709551614'],
    ['DOUBLE', '9007199254740991'],
    ['VARCHAR', '9007199254740993'],
  ] as const) {
    const file = await parquet(type, rows(type, id));
    const { trades, leftOut } = await readTrades([file], { quantity: 'signed', where: { kind: 'T' } });
    assert.deepEqual(
      trades.map((trade) => [trade.id, trade.quantity, trade.side]),
      [
        [id, 0.5, 1],
        ['none', 2, -1],
      ],
      type,
    );
    assert.deepEqual(leftOut, { where: 1 }, type);
    await assert.rejects(
      readTrades([file]),
      /rows of one kind, kind "Q" as before: `input: \{ where: \{ kind: Q \} \}`/,
    );
    await assert.rejects(readTrades([file], { accept: true }), (error: unknown) => {
      assert.ok(error instanceof MinotaurError);
      return /row 2.*quantity: signed/s.test(error.message);
    });
  }
});

test('numbers and times that are text are those of the same text file, wherever the machine stands', async () => {
  const cells = [
    ['2024-08-08T16:00:00', ' 100.25 ', '-0.5'],
    ['2024-08-08D16:00:01.1234567', '1_000', '1'],
    ['2024-8-8', '101', '+2e-1'],
  ];
  const values = cells.map((row) => `(${row.map((text) => `'${text}'`).join(', ')})`).join(', ');
  const typed = await parquet('texts', `SELECT * FROM (VALUES ${values}) AS t(time, price, quantity)`);
  const text = join(folder, 'texts.csv');
  writeFileSync(text, `time,price,quantity\n${cells.map((row) => row.join(',')).join('\n')}\n`);
  const plain = async (path: string) =>
    (await readTrades([path], { quantity: 'signed' })).trades.map((trade) => ({ ...trade, place: '' }));
  const expected = await plain(text);
  assert.deepEqual(
    expected.map(({ time, price, quantity, side }) => [time, price, quantity, side]),
    [
      [Date.UTC(2024, 7, 8, 16) * 1000, 100.25, 0.5, -1],
      [Date.UTC(2024, 7, 8, 16, 0, 1) * 1000 + 123_456, NaN, 1, 1],
      [NaN, 101, 0.2, 1],
    ],
  );
  const zone = process.env['TZ'];
  try {
    process.env['TZ'] = 'Asia/Tokyo';
    assert.deepEqual(await plain(typed), expected);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
