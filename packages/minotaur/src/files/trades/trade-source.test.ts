import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { createTableWriter } from '../parquet/table-writer.ts';
import { placeOf } from './source-block.ts';
import { openTrades } from './trade-source.ts';
import type { FileLayout, InputOptions } from './trade-source.ts';

const DATA = join(import.meta.dirname, '../../../../../../shared/data');
const real = existsSync(DATA) ? {} : { skip: `no real data in ${DATA}` };
const folder = mkdtempSync(join(tmpdir(), 'minotaur-io-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Row = Record<'time' | 'id' | 'price' | 'quantity' | 'side', number> & { place: string };

async function readAll(
  paths: string[],
  options: InputOptions = {},
): Promise<{ rows: Row[]; layouts: readonly FileLayout[] }> {
  const source = await openTrades(paths, options);
  const rows: Row[] = [];
  try {
    for await (const { block, ...where } of source.blocks()) {
      for (let i = 0; i < block.length; i++) {
        rows.push({
          time: block.time[i],
          id: idNumber(block.id, i),
          price: block.price[i],
          quantity: block.quantity[i],
          side: block.side[i],
          place: placeOf(where, i),
        });
      }
    }
  } finally {
    source.close();
  }
  return { rows, layouts: source.layouts };
}

function made(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Asserts an input error whose text holds all of `parts`. */
async function refuses(paths: string[], parts: string[], options: InputOptions = {}): Promise<void> {
  await assert.rejects(readAll(paths, options), (error: unknown) => {
    assert.ok(error instanceof MinotaurError, String(error));
    assert.equal(error.kind, 'input');
    for (const part of parts) assert.ok(error.message.includes(part), `"${part}" in: ${error.message}`);
    return true;
  });
}

const HEADER = 'id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n';
const row = (id: number, price: string | number = 100, time: string | number = 1_723_161_255_342_000 + id): string =>
  `${id},${price},0.5,50,${time},True,True\n`;
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, k) => row(from + k)).join('');

test("Binance trades without a header: milliseconds become microseconds, sides are the taker's", real, async () => {
  const file = join(DATA, 'binance/BTCUSDT-spot-trades-2024-08-08.csv.gz');
  const { rows, layouts } = await readAll([file]);
  const columns = { id: '1', price: '2', quantity: '3', quote: '4', time: '5', side: '6' };
  const told = { layout: 'binance trades', header: false, timeUnit: 'ms', container: 'gzip' };
  assert.deepEqual(layouts, [{ file, ...told, columns, unread: ['7'], sideMeans: 'buyerMaker' }]);
  assert.equal(rows.length, 9757);
  assert.deepEqual(rows[0], {
    time: 1723161255342000,
    id: 3735683259,
    price: 61837.63,
    quantity: 0.02,
    side: -1,
    place: `${file} line 1`,
  });
  assert.equal(rows[9756].place, `${file} line 9757`);
});

test('recorded frames give the trades of the archive', real, async () => {
  for (const [frames, archive] of [
    ['spot_btcusdt_20240808.frames.gz', 'BTCUSDT-spot-trades-2024-08-08.csv.gz'],
    ['usdm_ethusdt_20240808.frames.gz', 'ETHUSDT-usdm-trades-2024-08-08.csv.gz'],
  ]) {
    const strip = ({ time, id, price, quantity, side }: Row) => ({ time, id, price, quantity, side });
    const live = await readAll([join(DATA, 'binance', frames)]);
    const stored = await readAll([join(DATA, 'binance', archive)]);
    assert.equal(live.layouts[0].layout, 'binance websocket frames');
    assert.deepEqual(live.rows.map(strip), stored.rows.map(strip));
  }
});

test('a glob is read in the order of names; given files in the order given', real, async () => {
  const { rows, layouts } = await readAll([join(DATA, 'binance/BTCUSDT-spot-trades-*.csv.gz')], { blockRows: 1000 });
  assert.deepEqual(
    layouts.map(({ file }) => file.slice(-17)),
    ['2024-08-08.csv.gz', '2024-08-09.csv.gz'],
  );
  assert.equal(rows.length, 9757 + 10147);
  assert.equal(rows[9757].place.endsWith('2024-08-09.csv.gz line 1'), true);
  for (let i = 1; i < rows.length; i++) assert.equal(rows[i].id, rows[i - 1].id + 1);
});

test('corrupted recordings keep every row at its line', real, async () => {
  const spot = await readAll([join(DATA, 'trx/test_negative_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz')]);
  assert.deepEqual([spot.layouts[0].layout, spot.layouts[0].timeUnit], ['binance stream recording', 'us']);
  assert.equal(spot.rows.length, 10_000);
  assert.equal(spot.rows[1].id, spot.rows[2].id);
  assert.match(spot.rows[2].place, / line 4$/);
  const futures = await readAll([
    join(DATA, 'trx/test_negative_binance_trade_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz'),
  ]);
  assert.equal(futures.layouts[0].timeUnit, 'ms');
  assert.equal(futures.rows[0].price, -1);
  assert.match(futures.rows[0].place, / line 2$/);
  assert.deepEqual([futures.rows[0].side, futures.rows[1].side], [1, -1]);
});

test('Coinbase: quoted fields, ISO times, scientific notation', real, async () => {
  const { rows, layouts } = await readAll([join(DATA, 'coinbase/btc_trades.csv.gz')]);
  assert.deepEqual([layouts[0].layout, layouts[0].timeUnit], ['coinbase trades', 'iso']);
  assert.equal(rows.length, 5882);
  assert.deepEqual([rows[2].time, rows[2].quantity, rows[2].side], [1693929602722748, 3.844e-5, 1]);
  assert.ok(Number.isNaN(rows[0].id));
});

test('SPY: zstd, no side', real, async () => {
  const source = await openTrades([join(DATA, 'spy/*.zst')]);
  let rows = 0;
  for await (const { block } of source.blocks()) {
    rows += block.length;
    assert.ok(block.side.subarray(0, block.length).every(Number.isNaN));
  }
  assert.equal(rows, 1_887_460);
});

test('aggTrades, with and without a header, seven fields or eight', async () => {
  const body = '26129,0.01633102,4.70443515,27781,27781,1498793709153,True,True\n';
  for (const [name, text, header] of [
    ['agg8.csv', body, false],
    ['agg7.csv', body.replace(/,True\n/, '\n'), false],
    [
      'aggh.csv',
      `agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker,x\n${body}`,
      true,
    ],
  ] as const) {
    const { rows, layouts } = await readAll([made(name, text)]);
    assert.deepEqual([layouts[0].layout, layouts[0].header], ['binance aggTrades', header]);
    assert.deepEqual([rows[0].id, rows[0].time, rows[0].side], [26129, 1498793709153000, -1]);
  }
});

test('tardis trades: the exchange time, an id that is no number', async () => {
  const text =
    'exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n' +
    'deribit,BTC-PERPETUAL,1585699202957000,1585699203089980,b9-x,sell,6425,10\n';
  const { rows, layouts } = await readAll([made('tardis.csv', text)]);
  assert.equal(layouts[0].layout, 'tardis trades');
  assert.deepEqual([rows[0].time, rows[0].price, rows[0].quantity, rows[0].side], [1585699202957000, 6425, 10, -1]);
  assert.ok(Number.isNaN(rows[0].id));
});

test('mapped columns, semicolons, nanoseconds cut to microseconds exactly', async () => {
  const file = made('own.csv', 'when;px;vol;who\n1723161254087896999;1.5;2;S\n');
  const columns = { time: 'when', price: 'px', quantity: 'vol', side: 'who' };
  const { rows, layouts } = await readAll([file], { columns });
  assert.equal(layouts[0].timeUnit, 'ns');
  assert.deepEqual([rows[0].time, rows[0].side], [1723161254087896, -1]);
  const maker = await readAll([file], { columns, sideMeans: 'buyerMaker' });
  assert.equal(maker.rows[0].side, 1);
  await refuses([file], [`${file} line 1`, '"size"', 'columns.quantity'], {
    columns: { ...columns, quantity: 'size' },
  });
});

test('lines are counted through header, blank lines, CRLF and a byte order mark; bad fields become NaN', async () => {
  const text = `\ufeff\n${HEADER}${row(1)}\n\n${row(2, 'abc')}${row(3, '')}   \n${row(4, -1)}`;
  for (const [name, content] of [
    ['dirt.csv', text],
    ['dirt-crlf.csv', text.replaceAll('\n', '\r\n')],
    ['dirt.csv.gz', gzipSync(text)],
    ['dirt.csv.zst', zstdCompressSync(text)],
  ] as const) {
    const { rows } = await readAll([made(name, content)], { blockRows: 2 });
    assert.deepEqual(
      rows.map(({ place }) => Number(place.split(' ').at(-1))),
      [3, 6, 7, 9],
      name,
    );
    assert.deepEqual(
      rows.map(({ price }) => price),
      [100, NaN, NaN, -1],
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      [1, 2, 3, 4],
    );
  }
});

test('compressed parts one after another are all read', async () => {
  const [a, b] = [HEADER + lines(1, 3000), lines(3000, 5001)];
  const files = [
    made('two.csv.gz', Buffer.concat([gzipSync(a), gzipSync(b)])),
    made('two.csv.zst', Buffer.concat([zstdCompressSync(a), zstdCompressSync(b)])),
  ];
  for (const file of files) assert.equal((await readAll([file])).rows.length, 5000);
});

test('truncated and corrupt files are refused', async () => {
  const text = Buffer.from(HEADER + lines(1, 40_000));
  const gz = gzipSync(text);
  const zst = zstdCompressSync(text);
  for (const [name, bytes] of [
    ['cut.csv.gz', gz.subarray(0, gz.length - 9)],
    ['cut.csv.zst', zst.subarray(0, zst.length - 9)],
    ['half.csv.zst', zst.subarray(0, zst.length >> 1)],
  ] as const) {
    const file = made(name, bytes);
    await refuses([file], [file, 'complete', 'unexpected end of file']);
  }
  const trailing = made('trailing.csv.zst', Buffer.concat([zst, Buffer.from('rubbish')]));
  await refuses([trailing], [trailing, 'no Zstandard frame']);
  const cut = made('cut.csv', text.subarray(0, text.length - 12));
  await refuses([cut], [`${cut} line 40000`, '7 fields', 'found 5']);
});

test('empty files, headers without rows, missing columns and wrong widths are refused', async () => {
  const empty = made('empty.csv', '');
  await refuses([empty], [empty, 'an empty file']);
  const blank = made('blank.csv', '\n\n');
  await refuses([blank], [blank, 'blank lines only']);
  const header = made('header.csv.gz', gzipSync(HEADER));
  await refuses([header], [header, 'no trades']);
  const missing = made('missing.csv', 'id,price,time\n1,2,1723161255342\n');
  await refuses([missing], [`${missing} line 1`, 'a quantity column', 'id, price, time']);
  const wide = made('wide.csv', `${HEADER}${row(1)}\n2,100,0.5\n${row(3)}`);
  await refuses([wide], [`${wide} line 4`, '7 fields', 'found 3']);
  const shape = made('shape.csv', '1,2,3\n');
  await refuses([shape], [`${shape} line 1`, 'a header row']);
  const quote = made('quote.csv', 'time,price,size,note\n1723161255342,1,2,"open\n1723161255343,1,2,"x"\n');
  await refuses([quote], [`${quote} line 2`, 'closing quote']);
});

test('a wrong unit is refused: against the configuration, and where it is none', async () => {
  const file = made('unit.csv', HEADER + row(1));
  await refuses([file], ['times in ms', 'which is us', 'wrong unit'], { timeUnit: 'ms' });
  await refuses([made('unit-iso.csv', HEADER + row(1))], ['times in iso', 'wrong unit'], { timeUnit: 'iso' });
  // A unit that changes within a file makes times that no trade can have: the chain's door refuses them, with their line.
  const changing = made('changing.csv', HEADER + row(1) + row(2) + row(3, 100, 1_723_161_255_342));
  assert.equal((await readAll([changing])).rows[2].time, 1_723_161_255_342);
  const strange = made('strange.csv', HEADER + row(1, 100, 12345));
  await refuses([strange], [strange, '12345']);
});

test('paths: no match, a directory, a file twice, no such file', async () => {
  const file = made('one.csv', HEADER + row(1));
  await refuses([join(folder, '*.none')], ['a glob that matches files']);
  await refuses([folder], ['a directory']);
  await refuses([join(folder, 'absent.csv')], ['no such file']);
  await refuses([file, join(folder, 'one.*')], ['named twice']);
  await refuses([], ['at least one file']);
  const { layouts } = await readAll([join(folder, '{o,x}n[e].c?v')]);
  assert.equal(layouts[0].file, file);
});

test('Parquet: rows at their place, file order, every integer unit; missing column, no rows and truncation refused', async () => {
  const path = join(folder, 'trades.parquet');
  const count = 300_000;
  const write = (target: string, rows: number, scale: number): void => {
    const table = createTableWriter(target, [
      { name: 'id', type: 'BIGINT' },
      { name: 'price', type: 'DOUBLE' },
      { name: 'qty', type: 'DOUBLE' },
      { name: 'time', type: 'BIGINT' },
      { name: 'is_buyer_maker', type: 'BOOLEAN' },
    ]);
    const id = Float64Array.from({ length: rows }, (_, i) => i + 1);
    const time = id.map((i) => Math.floor((1_723_161_255_342_001 + i) / scale));
    table.appendColumns(rows, [
      id,
      id.map((i) => (i === 7 ? NaN : i / 8)),
      id.map((i) => 1 + (i % 5)),
      time,
      id.map((i) => i % 2),
    ]);
    table.commit();
  };
  write(path, count, 1);
  const { rows, layouts } = await readAll([path]);
  assert.deepEqual([layouts[0].layout, layouts[0].timeUnit], ['generic', 'us']);
  assert.equal(rows.length, count);
  rows.forEach((trade, i) => assert.equal(trade.id, i + 1));
  assert.deepEqual([rows[9].side, rows[10].side, rows[9].time, rows[9].price], [1, -1, 1_723_161_255_342_011, 1.25]);
  assert.ok(Number.isNaN(rows[6].price));
  assert.equal(rows[count - 1].place, `${path} row ${count}`);
  const millis = join(folder, 'ms.parquet');
  write(millis, 10, 1000);
  assert.equal((await readAll([millis])).rows[0].time, 1_723_161_255_342_000);
  await refuses([millis], ['times in us', 'which is ms'], { timeUnit: 'us' });
  const none = join(folder, 'none.parquet');
  write(none, 0, 1);
  await refuses([none], [none, '0 rows']);
  const { readFileSync } = await import('node:fs');
  const bytes = readFileSync(path);
  for (const length of [bytes.length - 5, bytes.length >> 1, 6]) {
    const cut = made('cut.parquet', bytes.subarray(0, length));
    await refuses([cut], [cut, 'a complete Parquet file']);
  }
  await refuses([made('text.parquet', HEADER)], ['a Parquet file']);
});
