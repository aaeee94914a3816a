/** What an instrument and a configuration say of text tables holds for Parquet too. */
import assert from 'node:assert/strict';
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
    await assert.rejects(readTrades([file]), (error: unknown) => {
      assert.ok(error instanceof MinotaurError);
      return /row 2.*quantity: signed/s.test(error.message);
    });
  }
});
