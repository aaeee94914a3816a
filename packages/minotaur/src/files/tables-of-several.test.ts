import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { createTableWriter } from './parquet/table-writer.ts';
import { barTelling, openBars, readBars } from './bars-source.ts';
import { readSeries, seriesTelling } from './series-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-tables-of-several-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const TIME = 1_709_251_200_000;
const HEADER = 'open_time,open,high,low,close,volume';
const bar = (i: number): string => `${TIME + 60_000 * i},100,101,99,100,${i + 1}`;

function made(name: string, header: string, of: (i: number) => string, rows = 30): string {
  const path = join(folder, name);
  writeFileSync(path, `${header}\n${Array.from({ length: rows }, (_, i) => of(i)).join('\n')}\n`);
  return path;
}

const refused = (work: Promise<unknown>, pattern: RegExp): Promise<void> =>
  assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof MinotaurError && error.kind === 'input', String(error));
    assert.match(error.message, pattern);
    return true;
  });

test('bars of two symbols are never one series; `where` takes those of one, each at its line', async () => {
  for (const name of ['symbol', 'Ticker']) {
    const file = made(`${name}.csv`, `${name},${HEADER}`, (i) => `${i % 2 ? 'ETH' : 'BTC'},${bar(i)}`);
    await refused(readBars(file), new RegExp(`line 3[^]*${name} "BTC", as in the rows before[^]*"ETH"`));
    const { rows, columns, place } = await readBars(file, { where: { [name]: 'ETH' } });
    assert.deepEqual([rows, columns['volume'][3], place(3)], [15, 8, `${file} line 9`]);
  }
});

test('bars say the symbol of their instrument, in whatever case and punctuation, in every file', async () => {
  const file = made('spot.csv', `symbol,${HEADER}`, (i) => `BTC-USDT,${bar(i)}`);
  const other = made('other.csv', `symbol,${HEADER}`, (i) => `ETH-USDT,${bar(i)}`);
  const of = { instrument: { symbol: 'BTCUSDT' } };
  assert.equal((await readBars(file, of)).rows, 30);
  await refused(readBars(other, of), /rows of BTCUSDT[^]*symbol "ETH-USDT"/);
  assert.equal((await readBars(other, { instrument: { symbol: 'BTCUSDT', formerly: ['ETHUSDT'] } })).rows, 30);
  const telling = barTelling({});
  const read = async (path: string): Promise<void> => {
    for await (const block of (await openBars(path, {}, telling)).blocks()) assert.equal(block.rows, 30);
  };
  await read(file);
  await refused(read(other), /other\.csv line 2[^]*symbol "BTC-USDT"[^]*"ETH-USDT"/);
});

test('symbols of other scripts, and pairs with a slash, are told apart', async () => {
  const of = (symbol: string, i: number): Promise<unknown> => {
    const file = made(`other-script-${i}.csv`, `symbol,${HEADER}`, (k) => `${symbol},${bar(k)}`);
    return readBars(file, { instrument: { symbol: i < 4 ? '币安人生USDT' : 'BTC/USD' } });
  };
  for (const [i, symbol] of ['币安人生USDT', '币安人生-usdt'].entries()) await of(symbol, i);
  await refused(of('我踏马来了USDT', 3), /rows of 币安人生USDT/);
  await of('BTCUSD', 4);
  await refused(of('BTC/EUR', 5), /rows of BTC\/USD[^]*"BTC\/EUR"/);
});

test('klines that are named for another symbol are refused before they are read', () => {
  const files = ['x/BTCUSDT-1m-2024-08.zip', 'x/ETHUSDT-15m-2024-09-01.csv'];
  assert.throws(() => barTelling({}, files), /one symbol[^]*BTCUSDT, ETHUSDT/);
  assert.throws(() => barTelling({ instrument: { symbol: 'BTC-USDT' } }, files), /ETHUSDT-15m[^]*named for ETHUSDT/);
  barTelling({ instrument: { symbol: 'BTC-USDT', formerly: ['ETHUSDT'] } }, files);
});

test('Parquet of bars: rows of two are refused, those of one are at their rows', async () => {
  const path = join(folder, 'bars.parquet');
  const names = ['coin', 'open_time', 'open', 'high', 'low', 'close', 'volume'];
  const table = createTableWriter(
    path,
    names.map((name) => ({ name, type: name === 'coin' || name === 'open_time' ? 'BIGINT' : 'DOUBLE' })),
  );
  const of: ((i: number) => number)[] = [(i) => i % 3, (i) => TIME + 60_000 * i, () => 1, () => 2, () => 1, () => 1];
  table.appendColumns(
    30,
    [...of, (i: number) => i].map((value) => Float64Array.from({ length: 30 }, (_, i) => value(i))),
  );
  table.commit();
  await refused(readBars(path), /bars\.parquet[^]*coin "0"[^]*"1"/);
  const { rows, columns, place } = await readBars(path, { where: { coin: '2' } });
  assert.deepEqual([rows, columns['volume'][4], place(4)], [10, 14, `${path} row 15`]);
});

test('a series of two symbols is refused; a value that is called like one is none', async () => {
  const read = async (file: string, values: readonly string[], telling = seriesTelling()): Promise<number> => {
    let rows = 0;
    for await (const block of readSeries(file, { name: 'f', values, delay: 0 }, telling)) rows += block.rows;
    return rows;
  };
  const rates = (name: string, of: (i: number) => string): string =>
    made(name, 'time,symbol,rate', (i) => `${TIME + 60_000 * i},${of(i)},0.001`);
  await refused(
    read(
      rates('two.csv', (i) => (i < 9 ? 'BTC' : 'ETH')),
      ['rate'],
    ),
    /two\.csv line 11[^]*a series is of one/,
  );
  const [one, other] = ['BTC', 'ETH'].map((symbol) => rates(`${symbol}.csv`, () => symbol));
  const telling = seriesTelling();
  assert.equal(await read(one, ['rate'], telling), 30);
  await refused(read(other, ['rate'], telling), /ETH\.csv line 2/);
  const strikes = made('strikes.csv', 'time,strike', (i) => `${TIME + 60_000 * i},${100 + i}`);
  assert.equal(await read(strikes, ['strike']), 30);
});
