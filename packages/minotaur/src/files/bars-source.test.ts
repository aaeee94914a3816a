import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { oldestFirst } from './bars-order.ts';
import { openBars, readBars } from './bars-source.ts';
import { createTableWriter } from './parquet/table-writer.ts';
import { openTable } from './table-source.ts';

const FILE = join(import.meta.dirname, '../../../../../shared/data/bars/btc-perp-1m-2022-01.csv.gz');
const folder = mkdtempSync(join(tmpdir(), 'minotaur-bars-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const made = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('one-minute bars with a lone timestamp', existsSync(FILE) ? {} : { skip: `no ${FILE}` }, async () => {
  const bars = await readBars(FILE);
  assert.equal(bars.rows, 45_031);
  assert.equal(bars.columns['open_time'][0], Date.UTC(2021, 11, 31, 23, 1) * 1000);
  assert.equal(bars.columns['close_time'][0], Date.UTC(2021, 11, 31, 23, 2) * 1000);
  assert.equal(bars.columns['volume'][45_030], 685906.9735);
  assert.equal(bars.place(45_030), `${FILE} line 45032`);
  assert.match(bars.timeMeaning, /^open times are assumed \(barTime\); a bar lasts 60 s/);
  const closing = await readBars(FILE, { barTime: 'close' });
  assert.equal(closing.columns['close_time'][0], bars.columns['open_time'][0]);
});

test('open and close times of the file, other columns under our names, bad fields NaN', async () => {
  const text =
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,ignore\n' +
    '1498793700000,1,2,0.5,1.5,10,1498793759999,15,3,0\n1498793760000,1,2,0.5,oops,10,1498793819999,15,3,0\n';
  const { columns, rows, timeMeaning } = await readBars(made('klines.csv', text));
  assert.equal(rows, 2);
  assert.deepEqual([columns['open_time'][0], columns['close_time'][0]], [1498793700000000, 1498793759999000]);
  assert.deepEqual([columns['dollar_volume'][0], columns['num_ticks'][0], columns['close'][1]], [15, 3, NaN]);
  assert.equal(columns['ignore'], undefined);
  assert.equal(timeMeaning, "open and close times are the file's");
});

test('the times of a bar in both spellings', async () => {
  const row =
    '1640991660000,1640991720000,1640991725000,1,2,0.5,1.5,10\n1640991720000,1640991780000,1640991785000,1,2,0.5,1.5,10\n';
  const snake = made('snake.csv', `open_time,close_time,available_at,open,high,low,close,volume\n${row}`);
  const camel = made('camel.csv', `openTime,closeTime,availableAt,open,high,low,close,volume\n${row}`);
  const { columns } = await readBars(snake);
  assert.equal(columns['available_at'][1], 1_640_991_785_000_000);
  assert.deepEqual((await readBars(camel)).columns, columns);
});

test('Parquet bars', async () => {
  const path = join(folder, 'bars.parquet');
  const names = ['open', 'high', 'low', 'close', 'volume'];
  const table = createTableWriter(path, [
    { name: 'time', type: 'BIGINT' },
    ...names.map((name) => ({ name, type: 'DOUBLE' as const })),
  ]);
  const time = Float64Array.from({ length: 3000 }, (_, i) => 1_640_991_660 + 60 * i);
  table.appendColumns(3000, [time, time, time, time, time, time.toReversed()]);
  table.commit();
  const bars = await readBars(path);
  assert.equal(bars.timeUnit, 's');
  assert.deepEqual([bars.columns['close_time'][2999], bars.place(2999)], [(time[2999] + 60) * 1e6, `${path} row 3000`]);
});

test('times that name no zone are read in the one of `zone`; counted times, of Parquet too, need none', async () => {
  const file = made(
    'local.csv',
    'time,open,high,low,close,volume\n2024-07-01 09:30:00,1,2,0.5,1,1\n2024-07-01 09:31:00,1,2,0.5,1,1\n2024-07-01T13:32:00Z,1,2,0.5,1,1\n',
  );
  const { columns } = await readBars(file, { zone: 'America/New_York' });
  const opened = (minute: number): number => Date.UTC(2024, 6, 1, 13, minute) * 1000;
  assert.deepEqual([...columns['open_time']], [30, 31, 32].map(opened));
  assert.deepEqual([...columns['close_time']], [31, 32, 33].map(opened));
  const path = join(folder, 'zone.parquet');
  const names = ['time', 'open', 'high', 'low', 'close', 'volume'];
  const table = createTableWriter(
    path,
    names.map((name) => ({ name, type: 'DOUBLE' as const })),
  );
  table.appendColumns(2, [
    Float64Array.of(1_640_991_660, 1_640_991_720),
    ...names.slice(1).map(() => Float64Array.of(1, 1)),
  ]);
  table.commit();
  const counted = await readBars(path, { zone: 'America/New_York' });
  assert.deepEqual(counted.columns, (await readBars(path)).columns);
  assert.equal((await readBars(path)).rows, 2);
});

test('Parquet bars whose columns are text are those of the same text file', async () => {
  const rows = [
    ['2024-08-08T16:00:00', '1', '2', '0.5', ' 1.5', '10'],
    ['2024-08-08T16:01:00', '1', '2', '0.5', '1_5', '1e1'],
    ['2024-08-08T16:02:00', '1', '2', '0.5', 'oops', ''],
  ];
  const names = ['time', 'open', 'high', 'low', 'close', 'volume'];
  const path = join(folder, 'texts.parquet');
  const table = createTableWriter(
    path,
    names.map((name) => ({ name, type: 'VARCHAR' as const })),
  );
  table.appendColumns(
    rows.length,
    names.map((_, k) => rows.map((row) => row[k])),
  );
  table.commit();
  const text = made('texts.csv', `${names.join(',')}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  const expected = await readBars(text);
  assert.deepEqual([...expected.columns['close']], [1.5, NaN, NaN]);
  assert.deepEqual((await readBars(path)).columns, expected.columns);
});

test('missing columns, no header, no rows', async () => {
  await assert.rejects(readBars(made('a.csv', 'time,open\n1640991660,1\n')), /none named high, low, close, volume/);
  await assert.rejects(readBars(made('b.csv', 'open,high,low,close,volume\n1,2,3,4,5\n')), /open_time or close_time/);
  await assert.rejects(readBars(made('c.csv', 'time,open,high,low,close,volume\n')), /no bars/);
  await assert.rejects(readBars(made('d.csv', '1640991660,1,2,3,4,5\n')), /a header row/);
  await assert.rejects(readBars(made('e.csv', 'time,open,high,low,close,volume\n1640991660,1,2,3,4,5\n')), /two bars/);
});

/** Klines as Binance publishes them, of so many seconds from 2025-01-01 on. */
const klines = (count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const opened = 1_735_689_600_000_000 + 1_000_000 * i;
    return `${opened},0.316,0.317,0.315,0.316,27.0,${opened + 999_999},8.532,1,13.0,4.1,0\n`;
  }).join('');

test('Binance klines as published, without a header', async () => {
  const file = made('klines-plain.csv', klines(3));
  const { columns, rows, place, timeMeaning } = await readBars(file);
  assert.equal(rows, 3);
  assert.equal(place(0), `${file} line 1`);
  assert.equal(columns['open_time'][2], 1_735_689_602_000_000);
  assert.equal(columns['close_time'][2], 1_735_689_602_999_999);
  assert.deepEqual(
    [columns['dollar_volume'][0], columns['num_ticks'][0], columns['taker_buy_volume'][0]],
    [8.532, 1, 13],
  );
  assert.equal(timeMeaning, "open and close times are the file's");
  await assert.rejects(readBars(made('no-klines.csv', klines(2).replaceAll('999999', '000000'))), /Binance kline/);
});

test('blocks follow each other and name their lines, whatever their number', async () => {
  const header = 'time,open,high,low,close,volume\n';
  const line = (i: number): string => `${1_640_991_660 + 60 * i},1,2,0.5,1,${20_000 - i}\n`;
  const file = made('many.csv', header + Array.from({ length: 20_000 }, (_, i) => line(i)).join(''));
  let rows = 0;
  for await (const block of (await openBars(file)).blocks()) {
    assert.ok(block.rows <= 8192);
    assert.equal(block.columns['volume'].length, block.rows);
    assert.deepEqual([block.at(0).volume, block.place(0)], [20_000 - rows, `${file} line ${rows + 2}`]);
    assert.equal(block.at(5).close_time - block.at(5).open_time, 60e6);
    rows += block.rows;
  }
  assert.equal(rows, 20_000);
  const whole = await readBars(file);
  assert.deepEqual(
    [whole.rows, whole.place(19_999), whole.columns['volume'][19_999]],
    [20_000, `${file} line 20001`, 1],
  );
});

test('numbers written for people are read with `decimal`, and refused without it', async () => {
  const file = made(
    'people.csv',
    'time;open;high;low;close;volume\n1704067200;1,5;2,5;1,5;2;1.000,5\n1704067260;2;2;2;2;3\n',
  );
  const { columns } = await readBars(file, { decimal: ',' });
  assert.deepEqual([columns['high'][0], columns['volume'][0], columns['open'][1]], [2.5, 1000.5, 2]);
  await assert.rejects(readBars(file), /people\.csv line 2, open: expected a plain number.*decimal.*found "1,5"/);
});

/** Bars of a minute by their numbers, as CSV with both times, or with the opening alone. */
const minutes = (numbers: readonly number[], hasClose = true): string =>
  [
    `open_time,${hasClose ? 'close_time,' : ''}open,high,low,close,volume`,
    ...numbers.map((i) => {
      const opened = 1_704_067_200 + 60 * i;
      return `${opened},${hasClose ? `${opened + 60},` : ''}1,2,0.5,1,${1_000_000 - i}`;
    }),
  ].join('\n');
const falling = (count: number): number[] => Array.from({ length: count }, (_, i) => count - 1 - i);

test('bars that stand newest first throughout are those of a file that somebody turned, with their own places', async () => {
  for (const hasClose of [true, false]) {
    // More than one block, and the last of them short: cut as that of the other file.
    const file = made('newest.csv', minutes(falling(20_001), hasClose));
    const expected = made('oldest.csv', minutes(falling(20_001).toReversed(), hasClose));
    const [turned, sound] = [await readBars(file), await readBars(expected)];
    assert.deepEqual(turned.columns, sound.columns);
    assert.deepEqual([turned.timeMeaning, sound.notes], [sound.timeMeaning, []]);
    assert.deepEqual(turned.notes, ['the bars stand newest first, and are read the other way round']);
    assert.deepEqual(
      [0, 11_810, 20_000].map(turned.place),
      [20_002, 8192, 2].map((line) => `${file} line ${line}`),
    );
    const sizes = async (path: string): Promise<number[]> => {
      const found: number[] = [];
      for await (const { rows } of (await openBars(path)).blocks()) found.push(rows);
      return found;
    };
    assert.deepEqual(await sizes(file), await sizes(expected));
  }
});

test('a file that is turned in part, has a bar twice or is too long to be turned stays refused', async () => {
  const said = /oldest first: turn the rows around, found the newest first, 2024-01-0\dT\d\d:\d\d:00/;
  const twice = made('twice.csv', minutes([3, 2, 2, 1, 0]));
  await assert.rejects(readBars(twice), said);
  await assert.rejects(readBars(twice), /not so throughout: 2024-01-01T00:02:00.000000Z at .*twice\.csv line 4/);
  // Its first block, by which it is told, falls to its end.
  const late = made('late.csv', minutes([...falling(9000), 9001]));
  await assert.rejects(readBars(late), /not so throughout: .* at .*late\.csv line 9002/);
  const table = await openTable(made('long.csv', minutes(falling(30))), {
    what: 'bars',
    wanted: (names) => names.map((name, at) => [name, at] as const),
    headerless: () => [],
    isTime: (name) => name.endsWith('time'),
  });
  await assert.rejects(oldestFirst(table, 'open_time', 'long.csv', 29), /of more than 29 bars/);
  assert.ok(await oldestFirst(table, 'open_time', 'long.csv', 30));
});

test('a first line that is nothing but an address is left out, however it ends and is packed; others are not', async () => {
  const bars = minutes([0, 1, 2]);
  const expected = (await readBars(made('plain.csv', bars))).columns;
  const address = 'https://www.CryptoDataDownload.com';
  const lines = [
    `${address}\n`,
    `\ufeff${address} \r\n`,
    'www.example.com/data?x=1\n\n',
    `${address},,,,,\r\n`,
    `"${address}";;\n`,
  ];
  for (const line of lines) {
    const text = line + bars;
    const packed = join(folder, 'address.csv.gz');
    writeFileSync(packed, gzipSync(text));
    for (const file of [made('address.csv', text), packed]) {
      const { columns, notes, place } = await readBars(file);
      assert.deepEqual(columns, expected);
      assert.deepEqual(notes, [
        `the first line, the address ${line.replaceAll(/[\ufeff",;]/g, '').trim()}, is left out`,
      ]);
      assert.equal(place(0), `${file} line ${line.split('\n').length + 1}`);
    }
  }
  for (const line of [`data of ${address}`, `${address}\n${address}`, `# ${address}`, 'BTCUSDT'])
    await assert.rejects(readBars(made('other.csv', `${line}\n${bars}`)), /lines before it are to be removed/, line);
  // As spreadsheets save a title.
  for (const line of ['Title,,,,,', `of ${address},,,,,`])
    await assert.rejects(
      readBars(made('title.csv', `${line}\n${bars}`)),
      /title\.csv line 1: expected the header.*one field where/,
    );
  await assert.rejects(readBars(made('only.csv', `${address}\n`)), /found blank lines only/);
});
