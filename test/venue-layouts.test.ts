/** Files as venues and people publish them: each read as it is meant, or refused with what to declare. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { InputOptions } from '../packages/minotaur/src/files/trades/trade-source.ts';
import { readTrades } from './read-trades.ts';
import { zipOf } from './zip-of.ts';

const CASES = join(import.meta.dirname, 'cases');
const folder = mkdtempSync(join(tmpdir(), 'minotaur-layouts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function made(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refuses(paths: readonly string[], parts: readonly string[], options: InputOptions = {}): Promise<void> {
  await assert.rejects(readTrades(paths, options), (error: unknown) => {
    assert.ok(error instanceof MinotaurError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), `"${part}" in: ${error.message}`);
    return true;
  });
}

/** Time, id, price, quantity, side of each trade. */
async function rowsOf(path: string, options: InputOptions = {}): Promise<unknown[][]> {
  const { trades } = await readTrades([path], options);
  return trades.map(({ time, id, price, quantity, side }) => [time, id, price, quantity, side]);
}

async function layoutOf(path: string, options: InputOptions = {}): Promise<unknown[]> {
  const [layout] = (await readTrades([path], options)).layouts;
  return [layout.layout, layout.timeUnit, layout.venue];
}

test('Bybit: seconds with four decimals, ids that are UUIDs', async () => {
  const file = made(
    'BTCUSD2023-04-05.csv',
    'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n' +
      '1680673823.5649,BTCUSD,Buy,5823,28560.5,PlusTick,0cbf2330-952d-5d03-a462-4bf826c867af,2.0e+07,0.2,5823\n' +
      '1680673823.5650,BTCUSD,Sell,3,28560.0,PlusTick,912e56de-9ed6-5f4f-9421-f0ff5a42d84a,1e+04,0.0001,3\n',
  );
  assert.deepEqual(await layoutOf(file), ['bybit trades', 's', 'bybit-inverse']);
  assert.deepEqual(await rowsOf(file), [
    [1680673823564900, '0cbf2330-952d-5d03-a462-4bf826c867af', 28560.5, 5823, 1],
    [1680673823565000, '912e56de-9ed6-5f4f-9421-f0ff5a42d84a', 28560, 3, -1],
  ]);
});

test('Bybit spot: its id numbers the rows of the file and is none', async () => {
  const file = made(
    'BTCUSDT_2022-11-05.csv',
    'id,timestamp,price,volume,side\n1,1667606400112,21150.25,0.000194,sell\n',
  );
  assert.deepEqual(await layoutOf(file), ['bybit spot trades', 'ms', 'bybit-spot']);
  assert.deepEqual(await rowsOf(file), [[1667606400112000, 'none', 21150.25, 0.000194, -1]]);
});

test('BitMEX: a D before the time of day, nanoseconds', async () => {
  const file = made(
    '20181205.csv',
    'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n' +
      '2018-12-05D00:00:25.948313999,XBTUSD,Sell,100,3949.5,ZeroMinusTick,f73b6f28-075a-3548-a81c-8c843afd2746,2532000,0.02532,100\n' +
      '2018-12-05D00:00:26.948313000,ETHUSD,Buy,7,109.5,PlusTick,073b6f28-075a-3548-a81c-8c843afd2746,766500,0.0639,7\n',
  );
  const instrument = { symbol: 'XBTUSD' };
  assert.deepEqual(await layoutOf(file, { instrument }), ['bitmex trades', 'iso', 'bitmex']);
  const { trades, leftOut } = await readTrades([file], { instrument });
  assert.deepEqual(trades[0].time, Date.UTC(2018, 11, 5, 0, 0, 25) * 1000 + 948313);
  assert.deepEqual([trades.length, leftOut], [1, { 'other symbol': 1 }]);
});

test('OKX: names with a translation behind a slash', async () => {
  const file = made(
    'BTC-USDT-trades.csv',
    'trade_id/交易id,side/方向,size/数量,price/价格,created_time/时间\n338476373,sell,1.21,30227.6,1652459235575\n',
  );
  assert.deepEqual(await layoutOf(file, { instrument: { symbol: 'BTC-USDT' } }), ['okx trades', 'ms', 'okx']);
  assert.deepEqual(await rowsOf(file), [[1652459235575000, '338476373', 30227.6, 1.21, -1]]);
});

test('Kraken archive: three columns without a header', async () => {
  const file = made('XBTUSD.csv', '1381095255,123.30000,0.05000000\n1381179030.25,123.61000,0.10000000\n');
  assert.deepEqual(await layoutOf(file), ['kraken archive', 's', 'kraken']);
  assert.deepEqual(await rowsOf(file), [
    [1381095255000000, 'none', 123.3, 0.05, NaN],
    [1381179030250000, 'none', 123.61, 0.1, NaN],
  ]);
});

test('Binance futures: with a header; contracts only for an instrument that is said to be one', async () => {
  const um = made(
    'BTCUSDT-um.csv',
    'id,price,qty,quote_qty,time,is_buyer_maker\n5266583935,61800.30,0.006,370.8018,1723161256322,false\n',
  );
  assert.deepEqual(await rowsOf(um), [[1723161256322000, '5266583935', 61800.3, 0.006, 1]]);
  const named = made(
    'cm.csv',
    'id,price,qty,base_qty,time,is_buyer_maker\n17,61800.3,10,0.01618115,1723161256322,true\n',
  );
  const bare = made('cm-bare.csv', '17,61800.3,10,0.01618115,1723161256322,true\n');
  for (const file of [named, bare]) {
    await refuses([file], [`${file} line 1`, 'venue: binance-coinm', 'size', 'inverse contract']);
    const instrument = { symbol: 'BTCUSD_PERP', venue: 'binance-coinm', size: 100 };
    assert.deepEqual(await rowsOf(file, { instrument }), [[1723161256322000, '17', 61800.3, 10, -1]]);
  }
});

test('several symbols: those of the instrument, former ones too; refused where none is declared', async () => {
  const file = join(CASES, 'two_symbols_tardis.csv');
  await refuses([file], [file, '`symbol` in the configuration', 'XBTUSD, ETHUSD']);
  // A quanto contract, whose quantities are no coins.
  await refuses([file], [file, '`contract` and `size`', 'ETHUSD of bitmex'], { instrument: { symbol: 'ETHUSD' } });
  const one = await readTrades([file], { instrument: { symbol: 'ETHUSD', contract: 'spot' } });
  assert.deepEqual([one.trades.length, one.leftOut, one.layouts[0].venue], [5, { 'other symbol': 5 }, undefined]);
  assert.ok(one.trades.every(({ price }) => price < 300));
  const renamed = await readTrades([file], { instrument: { symbol: 'XBT-PERP', formerly: ['XBTUSD'] } });
  assert.deepEqual([renamed.trades.length, renamed.layouts[0].venue], [5, 'bitmex']);
  await refuses([file], [file, "the instrument's symbol", 'XBTUSD, ETHUSD'], { instrument: { symbol: 'SOLUSD' } });
  const header = 'time,price,qty,symbol\n';
  const [a, b] = [made('a.csv', `${header}1700000000000,1,1,A\n`), made('b.csv', `${header}1700000000001,1,1,B\n`)];
  await refuses([a, b], [`${b} line 2`, 'A, B']);
  const late = made('late.csv', header + '1700000000000,1,1,A\n'.repeat(2000) + '1700000000000,1,1,B\n');
  await refuses([late], [`${late} line 2002`, 'A, B']);
});

test('words for sides: one that is not known is a side of 0, with line and word; declared ones are read', async () => {
  const file = join(CASES, 'side_words.csv');
  const { trades } = await readTrades([file]);
  assert.deepEqual(new Set(trades.map(({ side }) => side)), new Set([0]));
  assert.equal(trades[1].place, `${file} line 3, side "Bid"`);
  const sides = { buy: ['ask'], sell: ['Bid'] };
  assert.deepEqual(
    (await rowsOf(file, { instrument: { sides } })).map((row) => row[4]),
    [1, -1, 1, -1, 1, -1],
  );
  const maker = await rowsOf(file, { instrument: { sides, sideMeans: 'maker' } });
  assert.deepEqual(
    maker.map((row) => row[4]),
    [-1, 1, -1, 1, -1, 1],
  );
  const numbers = join(CASES, 'sides_1_2.csv');
  assert.deepEqual(
    (await rowsOf(numbers)).map((row) => row[4]),
    [1, 0, 1, 0, 1, 0],
  );
  const oneTwo = await rowsOf(numbers, { instrument: { sides: { buy: ['1'], sell: ['2'] } } });
  assert.deepEqual(
    oneTwo.map((row) => row[4]),
    [1, -1, 1, -1, 1, -1],
  );
  const none = made('no-side.csv', 'time,price,qty,side\n1700000000000,1,1,\n');
  assert.deepEqual(
    (await rowsOf(none)).map((row) => row[4]),
    [NaN],
  );
});

test('a sign that is the side: refused with the hint, read by declaration', async () => {
  const file = join(CASES, 'signed_amount.csv');
  await refuses([file], [`${file} line 3`, 'quantity: signed', '-0.5, and no side column']);
  const rows = await rowsOf(file, { quantity: 'signed' });
  assert.deepEqual(rows.slice(0, 2), [
    [1514764800000000, '148668312', 13769, 0.5, 1],
    [1514764801000000, '148668313', 13769, 0.5, -1],
  ]);
  await refuses([join(CASES, 'side_words.csv')], ['`quantity: signed`', 'side column side'], { quantity: 'signed' });
});

test('numbers written for people: refused with the hint, read by declaration', async () => {
  const comma = join(CASES, 'decimal_comma.csv');
  await refuses([comma], [`${comma} line 2`, "decimal: ','", '"100,0"']);
  assert.deepEqual((await rowsOf(comma, { decimal: ',' }))[1].slice(2, 4), [100.1, 1.5]);
  const thousands = join(CASES, 'thousands.csv');
  await refuses([thousands], [`${thousands} line 4`, "decimal: '.'", '"1,000.5"']);
  const prices = (await rowsOf(thousands, { decimal: '.' })).map((row) => row[2]);
  assert.deepEqual(prices.slice(0, 4), [998.5, 999.5, 1000.5, 1001.5]);
  const dollars = made('dollars.csv', 'time,price,qty\n1700000000000,"$1,234.50",1\n1700000000001,$5,2\n');
  await refuses([dollars], [`${dollars} line 2`, "decimal: '.'", '$1,234.50']);
  assert.deepEqual(
    (await rowsOf(dollars, { decimal: '.' })).map((row) => row[2]),
    [1234.5, 5],
  );
  const euros = made('euros.csv', 'time;price;qty\n1700000000000;1.234.567,5 €;1\n1700000000001;12.5;2\n');
  assert.deepEqual(
    (await rowsOf(euros, { decimal: ',' })).map((row) => row[2]),
    [1234567.5, NaN],
  );
});

test('ids that are no doubles: 19 digits, UUIDs', async () => {
  const digits = (await rowsOf(join(CASES, 'ids_19_digits.csv'))).map((row) => row[1]);
  assert.deepEqual(digits.slice(0, 2), ['1163336546743369730', '1163336546743369731']);
  const uuids = await readTrades([join(CASES, 'uuid_ids.csv')]);
  assert.equal(uuids.trades[0].id, '0f7a7a0e-2c3b-4d5e-8f90-000000000001');
  assert.equal(uuids.trades[1].id, uuids.trades[2].id);
  assert.equal(uuids.layouts[0].venue, 'bitmex');
});

test('a file of contracts names its profile', async () => {
  const { trades, layouts } = await readTrades([join(CASES, 'inverse_contract.csv')]);
  assert.equal(layouts[0].venue, 'deribit');
  assert.deepEqual(
    trades.map(({ quantity }) => quantity),
    [10_000, 20_000],
  );
});

test('date and time of day in two columns, with a zone', async () => {
  const columns = { date: 'Date', time: 'Time', price: 'Price', quantity: 'Size' };
  const file = made(
    'two.csv',
    'Date,Time,Price,Size\n2024-07-01,09:30:00.5,10,1\n20240701,093001,10,1\n2024/07/01,9h,10,1\n',
  );
  const at = Date.UTC(2024, 6, 1, 9, 30) * 1000;
  const timesOf = async (zone?: string) => (await rowsOf(file, { columns, zone })).map((row) => row[0]);
  assert.deepEqual(await timesOf(), [at + 500_000, at + 1_000_000, NaN]);
  assert.deepEqual((await timesOf('+08:00'))[0], at + 500_000 - 8 * 3_600_000_000);
  assert.deepEqual((await timesOf('America/New_York'))[0], at + 500_000 + 4 * 3_600_000_000);
  await refuses([file], ['input.zone', 'Mars'], { columns, zone: 'Mars' });
  const single = made('zone.csv', 'time,price,qty\n2024-01-15 09:30:00,10,1\n2024-01-15T09:30:00Z,10,1\n');
  const winter = Date.UTC(2024, 0, 15, 9, 30) * 1000;
  const zoned = (await rowsOf(single, { zone: 'America/New_York' })).map((row) => row[0]);
  assert.deepEqual(zoned, [winter + 5 * 3_600_000_000, winter]);
});

test('clocks that change: the hour that is repeated is read as the earlier one', async () => {
  const times = [
    '2024-11-03 00:59:59',
    '2024-11-03 01:30:00',
    '2024-11-03 02:00:00',
    '2024-03-10 01:59:59',
    '2024-03-10 03:00:00',
  ];
  const file = made('dst.csv', `time,price,qty\n${times.map((time) => `${time},1,1\n`).join('')}`);
  const utc = (await rowsOf(file, { zone: 'America/New_York' })).map((row) =>
    new Date((row[0] as number) / 1000).toISOString(),
  );
  assert.deepEqual(utc, [
    '2024-11-03T04:59:59.000Z',
    '2024-11-03T05:30:00.000Z',
    '2024-11-03T07:00:00.000Z',
    '2024-03-10T06:59:59.000Z',
    '2024-03-10T07:00:00.000Z',
  ]);
});

test('columns by their places, rows by their texts', async () => {
  const bare = made('bare.csv', 'T,1700000000000,5,100,B\nQ,1700000000001,1,99,\nT,1700000000002,6,101,S\n');
  const columns = { time: 2, quantity: 3, price: 4, side: 5 };
  const { trades, leftOut } = await readTrades([bare], { columns, where: { 1: 'T' } });
  assert.deepEqual(
    trades.map(({ price, quantity, side }) => [price, quantity, side]),
    [
      [100, 5, 1],
      [101, 6, -1],
    ],
  );
  assert.deepEqual([leftOut, trades[1].place], [{ where: 1 }, `${bare} line 3`]);
  await refuses([bare], [`${bare} line 1`, 'a column 9', 'columns.price'], { columns: { ...columns, price: 9 } });
  await refuses([bare], ['places', 'columns'], { columns: { ...columns, price: 'px' } });
  const named = made('named.csv', 'time,price,qty,type\n1700000000000,1,1,TRADE\n1700000000001,2,1,BUST\n');
  assert.deepEqual(
    (await rowsOf(named, { where: { type: 'TRADE' } })).map((row) => row[2]),
    [1],
  );
  await refuses([named], ['a column "kind"', 'where'], { where: { kind: 'TRADE' } });
});

test('archives: one file, or many in the order of their names; broken ones refused', async () => {
  const header = 'id,price,qty,quote_qty,time,is_buyer_maker\n';
  const rows = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, k) => `${from + k},100,1,100,${1723161256322 + from + k},true\n`).join('');
  const one = made('one.zip', zipOf({ 'folder/': '', 'folder/one.csv': header + rows(1, 5000), '__MACOSX/x': 'x' }));
  const read = await readTrades([one]);
  assert.deepEqual([read.trades.length, read.layouts[0].container], [4999, 'zip']);
  assert.equal(read.trades[0].place, `${one} line 2`);
  const many = made('many.zip', zipOf({ 'b.csv': rows(3, 5), 'a.csv': header + rows(1, 3) }));
  const { trades, layouts } = await readTrades([many]);
  assert.deepEqual(
    trades.map(({ id, place }) => `${id} ${place}`),
    [`1 ${many}/a.csv line 2`, `2 ${many}/a.csv line 3`, `3 ${many}/b.csv line 1`, `4 ${many}/b.csv line 2`],
  );
  assert.deepEqual(
    layouts.map(({ file }) => file),
    [many],
  );
  const whole = zipOf({ 'a.csv': header + rows(1, 5000) });
  await refuses([made('cut.zip', whole.subarray(0, whole.length - 30))], ['cut.zip', 'a complete zip archive']);
  const spoilt = zipOf({ 'a.csv': header + rows(1, 5000) }, { crc: 1 });
  await refuses([made('spoilt.zip', spoilt)], ['spoilt.zip', 'a complete zip stream', 'checksum']);
  await refuses([made('none.zip', zipOf({}))], ['none.zip', 'an archive with a file in it']);
});
