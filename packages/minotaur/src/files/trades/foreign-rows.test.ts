import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { idAt } from 'minotaur-core/internal/trades/id';
import { createTableWriter } from '../parquet/table-writer.ts';
import { toldByFiles } from './told-by-files.ts';
import { openTrades } from './trade-source.ts';
import type { InputOptions } from './trade-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-foreign-rows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const TIME = 1_709_251_200_000;
const HEADER = 'id,price,qty,time,side';
const trade = (i: number, id: string | number = i): string => `${id},${100 + i},0.5,${TIME + 137 * i},buy`;
const trades = (from: number, to: number, of = trade): string[] =>
  Array.from({ length: to - from }, (_, k) => of(from + k));

function made(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function sidesOf(path: string, options: InputOptions): Promise<number[]> {
  const source = await openTrades([path], options);
  const sides: number[] = [];
  try {
    for await (const { block } of source.blocks()) sides.push(...block.side.subarray(0, block.length));
  } finally {
    source.close();
  }
  return sides;
}

async function read(paths: readonly string[], options: InputOptions = {}) {
  const source = await openTrades([...paths], options);
  const ids: unknown[] = [];
  const leftOut: Record<string, number> = {};
  try {
    for await (const { block, leftOut: part } of source.blocks()) {
      for (let i = 0; i < block.length; i++) ids.push(idAt(block.id, i));
      for (const [reason, count] of Object.entries(part)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
    }
  } finally {
    source.close();
  }
  return { ids, leftOut };
}

const refused = (paths: readonly string[], pattern: RegExp, options: InputOptions = {}): Promise<void> =>
  assert.rejects(read(paths, options), (error: unknown) => {
    assert.ok(error instanceof MinotaurError && error.kind === 'input', String(error));
    assert.match(error.message, pattern);
    return true;
  });

for (const name of [
  'pair',
  'Market',
  'ticker',
  'currency_pair',
  'contract_code',
  'expiry',
  'RIC',
  'base_currency',
  'name',
]) {
  test(`two instruments by their ${name} are never one series`, async () => {
    const row = (i: number): string => `${i % 3 === 2 ? 'ETH-USD' : 'BTC-USD'},${trade(i)}`;
    const file = made(`${name}.csv`, [`${name},${HEADER}`, ...trades(0, 30, row)]);
    await refused([file], new RegExp(`line 4[^]*${name} "BTC-USD", as in the rows before[^]*found +"ETH-USD"`));
    await refused([file], /found +"ETH-USD"/, { inspect: true });
    const { ids, leftOut } = await read([file], { where: { [name]: 'BTC-USD' } });
    assert.deepEqual([ids.length, leftOut], [20, { where: 10 }]);
    const [one, other] = ['BTC-USD', 'ETH-USD'].map((pair) =>
      made(`${pair}.csv`, [`${name},${HEADER}`, ...trades(0, 9).map((line) => `${pair},${line}`)]),
    );
    assert.equal((await read([one])).ids.length, 9);
    await refused([one, other], /ETH-USD\.csv line 2/);
  });
}

test('what stands beside the symbol has to agree as well, and a symbol that a mapping leaves out', async () => {
  const both = (i: number): string => `BTCUSDT,${i < 7 ? 'spot' : 'perp'},${trade(i)}`;
  const file = made('markets.csv', [`symbol,market,${HEADER}`, ...trades(0, 12, both)]);
  await refused([file], /line 9[^]*market "spot"[^]*"perp"/, { instrument: { symbol: 'BTCUSDT' } });
  const symbols = (i: number): string => `${i < 5 ? 'BTCUSDT' : 'ETHUSDT'},${trade(i)}`;
  const mapped = made('mapped.csv', [`symbol,${HEADER}`, ...trades(0, 12, symbols)]);
  await refused([mapped], /symbol "BTCUSDT"[^]*"ETHUSDT"/, {
    columns: { time: 'time', price: 'price', quantity: 'qty' },
  });
});

test('a tape of many exchanges is one series; a tardis file of two is not', async () => {
  const tape = (i: number): string => `${i % 2 ? 'N' : 'Q'},${trade(i)}`;
  assert.equal((await read([made('tape.csv', [`exchange,${HEADER}`, ...trades(0, 9, tape)])])).ids.length, 9);
  const tardis = (i: number): string =>
    `${i < 5 ? 'binance' : 'okex'},BTCUSDT,${TIME + i}000,${TIME + i}000,${i},buy,100,1`;
  const header = 'exchange,symbol,timestamp,local_timestamp,id,side,price,amount';
  await refused([made('tardis.csv', [header, ...trades(0, 9, tardis)])], /exchange "binance"[^]*"okex"/);
});

test('Parquet: rows that differ in what is traded are refused', async () => {
  const path = join(folder, 'pairs.parquet');
  const table = createTableWriter(path, [
    { name: 'pair', type: 'BIGINT' },
    { name: 'price', type: 'DOUBLE' },
    { name: 'qty', type: 'DOUBLE' },
    { name: 'time', type: 'BIGINT' },
  ]);
  const columns = [(i: number) => (i < 50 ? 1 : 2), () => 100, () => 1, (i: number) => TIME + i];
  table.appendColumns(
    100,
    columns.map((of) => Float64Array.from({ length: 100 }, (_, i) => of(i))),
  );
  table.commit();
  await refused([path], /pairs\.parquet[^]*pair "1"[^]*"2"/);
  assert.equal((await read([path], { where: { pair: '2' } })).ids.length, 50);
});

test('a header in the middle, and a sum below, are no trades and do not change what ids are', async () => {
  const lines = [HEADER, ...trades(0, 20), HEADER, ...trades(20, 40)];
  const twice = made('twice.csv', lines);
  const { ids, leftOut } = await read([twice]);
  assert.deepEqual([ids, leftOut], [trades(0, 40).map((_, i) => i), { 'header again': 1 }]);
  assert.equal((await toldByFiles([twice], {})).ids, 'dense');
  assert.equal((await toldByFiles([made('sum.csv', [HEADER, ...trades(0, 20), 'total,,10,,'])], {})).ids, 'dense');
});

test('a header in the middle that names other columns is refused', async () => {
  const swapped = (i: number): string => `${i},0.5,${100 + i},${TIME + 137 * i},buy`;
  const files = [HEADER, ...trades(0, 20), 'id,qty,price,time,side', ...trades(20, 40, swapped)];
  const pattern = /line 22[^]*the columns of the header in line 1, id, price, qty[^]*a header of id, qty, price/;
  await refused([made('other-order.csv', files)], pattern);
  const alike = [HEADER, ...trades(0, 20), '\uFEFFid, Price ,qty,time,side', ...trades(20, 40)];
  assert.deepEqual((await read([made('alike.csv', alike)])).leftOut, { 'header again': 1 });
});

test('ids of a table of doubles are the numbers that they are; rounded ones are refused', async () => {
  const doubles = made('doubles.csv', [HEADER, ...trades(0, 20, (i) => trade(i, `${1000 + i}.0`))]);
  assert.deepEqual(
    (await read([doubles])).ids,
    trades(0, 20).map((_, i) => 1000 + i),
  );
  assert.equal((await toldByFiles([doubles], {})).ids, 'dense');
  const rounded = made('rounded.csv', [HEADER, trade(0, 'a.b'), trade(1, '1.00100E+12')]);
  await refused([rounded], /line 3[^]*an id with all of its digits[^]*1\.00100E\+12/);
});

test('times that were rounded are refused; whole ones with an exponent are read', async () => {
  const row = (text: (time: number) => string) => (i: number) =>
    trade(i).replace(/\d{13}/, (time) => text(Number(time)));
  const rounded = made('rounded-times.csv', [
    HEADER,
    ...trades(
      0,
      9,
      row((time) => time.toPrecision(6)),
    ),
  ]);
  await refused([rounded], /times with all of their digits[^]*1\.70925e\+12/);
  const whole = made('whole-times.csv', [
    HEADER,
    ...trades(
      0,
      9,
      row((time) => time.toExponential()),
    ),
  ]);
  assert.equal((await read([whole])).ids.length, 9);
});

test('times that are all one text with an exponent are refused', async () => {
  const one = (i: number): string => trade(i).replace(/\d{13}/, '1.700000000e+09');
  const pattern = /times with all of their digits[^]*"1\.700000000e\+09"/;
  await refused([made('one-time.csv', [HEADER, ...trades(0, 9, one)])], pattern);
  assert.equal((await read([made('two-of-it.csv', [HEADER, ...trades(0, 2, one)])])).ids.length, 2);
  const at = (i: number): string => trade(i).replace(/\d{13}/, `1.70000000${i}e+09`);
  assert.equal((await read([made('seconds.csv', [HEADER, ...trades(0, 9, at)])])).ids.length, 9);
});

test('a group of thousands follows no lone 0: a file of the other decimal mark is refused', async () => {
  const row = (quantity: string) => (i: number) => `${i};${100 + i};${quantity};${TIME + i};buy`;
  for (const [decimal, other] of [
    [',', '.'],
    ['.', ','],
  ] as const) {
    const file = (name: string, quantity: string): string =>
      made(name, [HEADER.replaceAll(',', ';'), ...trades(0, 9, row(quantity))]);
    const wrong = file(`wrong${decimal}.csv`, `0${other}125`);
    await refused([wrong], /line 2, the quantity[^]*decimals follow[^]*"0[.,]125"/, { decimal });
    const right = file(`right${decimal}.csv`, `1${other}125${decimal}5`);
    for await (const { block } of (await openTrades([right], { decimal })).blocks())
      assert.ok(block.quantity.subarray(0, block.length).every((quantity) => quantity === 1125.5));
  }
});

test('a side that was mapped to a column whose true means sold', async () => {
  const columns = { time: 'time', price: 'price', quantity: 'qty', side: '', id: 'id' };
  const file = (name: string, words: readonly string[]): string =>
    made(`mapped-${name}.csv`, [
      `id,price,qty,time,${name}`,
      ...words.map((word, i) => trade(i).replace(/buy$/, word)),
    ]);
  const flags = ['true', 'false', '1', '0', ''];
  for (const name of ['taker_side_sell', 'is_sell', 'm', 'buyer_is_maker', 'is_maker']) {
    const of = { columns: { ...columns, side: name } };
    assert.deepEqual(await sidesOf(file(name, flags), of), [-1, 1, -1, 1, NaN], name);
    // Words for sides are none of such a column.
    assert.deepEqual(await sidesOf(file(name, ['buy', 'sell']), of), [0, 0], name);
    // What is declared is meant.
    const taker = [1, -1, 1, -1, NaN];
    assert.deepEqual(await sidesOf(file(name, flags), { ...of, sideMeans: 'taker' }), taker, name);
    const sides = { buy: ['false', '0'], sell: ['true', '1'] };
    assert.deepEqual(await sidesOf(file(name, flags), { ...of, instrument: { sides } }), [-1, 1, -1, 1, NaN], name);
  }
  for (const name of ['sell_side', 'buy_or_sell', 'seller_is_maker']) {
    const of = { columns: { ...columns, side: name } };
    assert.deepEqual(await sidesOf(file(name, ['buy', 'sell', 'true']), of), [1, -1, 1], name);
  }
  const headless = made(
    'headless.csv',
    ['sell', 'buy'].map((side, i) => `${i},100,1,${TIME + i},${side}`),
  );
  const places = { id: 1, price: 2, quantity: 3, time: 4, side: 5 };
  assert.deepEqual(await sidesOf(headless, { columns: places }), [-1, 1]);
});

test('Parquet: a side that was mapped to a flag whose true means sold', async () => {
  const path = join(folder, 'kaiko.parquet');
  const table = createTableWriter(path, [
    { name: 'price', type: 'DOUBLE' },
    { name: 'qty', type: 'DOUBLE' },
    { name: 'time', type: 'BIGINT' },
    { name: 'taker_side_sell', type: 'BIGINT' },
  ]);
  const values = [() => 100, () => 1, (i: number) => TIME + i, (i: number) => i % 2];
  table.appendColumns(
    4,
    values.map((of) => Float64Array.from({ length: 4 }, (_, i) => of(i))),
  );
  table.commit();
  const columns = { time: 'time', price: 'price', quantity: 'qty', side: 'taker_side_sell' };
  assert.deepEqual(await sidesOf(path, { columns }), [1, -1, 1, -1]);
});

test('names of a side: buyer_is_maker, and direction where no other is one', async () => {
  const file = (name: string, header: string, words: readonly string[]): string =>
    made(name, [`id,price,qty,time,${header}`, ...words.map((word, i) => trade(i).replace(/buy$/, word))]);
  assert.deepEqual(await sidesOf(file('maker.csv', 'buyer_is_maker', ['true', 'false']), {}), [-1, 1]);
  // Turned twice both words were sold.
  const turned = { instrument: { sides: { buy: ['FALSE'], sell: ['true'] } } };
  await refused([join(folder, 'maker.csv')], /buyer_is_maker says whether the buyer was the maker/, turned);
  assert.deepEqual(await sidesOf(join(folder, 'maker.csv'), { ...turned, sideMeans: 'taker' }), [-1, 1]);
  const direction = file('direction.csv', 'direction', ['sell', 'buy', '1', '0']);
  assert.deepEqual(await sidesOf(direction, {}), [-1, 1, 0, 0]);
  const instrument = { sides: { buy: ['1', 'buy'], sell: ['0', 'sell'] } };
  assert.deepEqual(await sidesOf(direction, { instrument }), [-1, 1, 1, -1]);
  const own = file('own-words.csv', 'direction', ['A', 'B']);
  assert.deepEqual(await sidesOf(own, { instrument: { venue: 'hyperliquid' } }), [-1, 1]);
  assert.deepEqual(await sidesOf(direction, { quantity: 'signed' }), [1, 1, 1, 1]);
  assert.deepEqual(await sidesOf(file('both.csv', 'side,direction', ['buy,0', 'sell,1']), {}), [1, -1]);
});

test('files without ids go on at the price of the one before, unless a split is declared or looked for', async () => {
  const row = (i: number): string => `${i < 20 ? 100 : 25},0.5,${TIME + 137 * i},buy`;
  const [one, other] = [0, 20].map((from) =>
    made(`no-ids-${from}.csv`, [HEADER.slice(3), ...trades(from, from + 20, row)]),
  );
  await refused([one, other], /no-ids-20\.csv line 2[^]*price 100[^]*another's: price 25/);
  const adjustments = [{ time: '2024-03-01T00:00:02Z', factor: 4 }];
  for (const options of [{ accept: true }, { inspect: true }, { instrument: { adjustments } }])
    assert.equal((await read([one, other], options)).ids.length, 40);
});

test('trades and aggregated trades of Binance, recorded together, are refused: each would be there twice', async () => {
  const event = (kind: string, key: string) => (i: number, symbol: string) =>
    `{"e":"${kind}","s":"${symbol}","${key}":${500 + i},"p":"100","q":"1","T":${TIME + i},"m":false}`;
  const [single, aggregated] = [event('trade', 't'), event('aggTrade', 'a')];
  const both = [single(0, 'BTCUSDT'), single(1, 'BTCUSDT'), aggregated(1, 'BTCUSDT')];
  await refused([made('both.jsonl', both)], /both\.jsonl line 3[^]*single trades[^]*filter[^]*found +aggregated/);
  await refused([made('turned.jsonl', both.toReversed())], /turned\.jsonl line 2[^]*found +single/);
  const [one, other] = [both.slice(0, 2), [aggregated(9, 'BTCUSDT')]].map((lines, i) => made(`kind-${i}.jsonl`, lines));
  await refused([one, other], /kind-1\.jsonl line 1/);
  assert.equal((await read([other])).ids.length, 1);
  // Those of another symbol are left out, whatever they are.
  const mixed = made('mixed.jsonl', [aggregated(1, 'ETHUSDT'), ...both.slice(0, 2)]);
  assert.equal((await read([mixed], { instrument: { symbol: 'BTCUSDT' } })).ids.length, 2);
});
