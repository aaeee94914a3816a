import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { readBars } from './bars-source.ts';
import type { BarInputOptions } from './reading-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-bar-columns-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const at = (text: string): number => Date.parse(text) * 1000;

/** Of the first bar: when it opens, its prices and its volume. */
async function first(file: string, options: BarInputOptions): Promise<readonly number[]> {
  const { columns } = await readBars(file, options);
  return ['open_time', 'open', 'high', 'low', 'close', 'volume'].map((name) => columns[name][0]);
}

const german = [
  'Zeit;Erster;Hoch;Tief;Letzter;Umsatz',
  '2024-07-01T10:00:00Z;1,5;3;1;2;10',
  '2024-07-01T10:01:00Z;2;3;1;2;20',
];
const said = {
  decimal: ',',
  barColumns: { time: 'Zeit', open: 'Erster', high: 'Hoch', low: 'Tief', close: 'Letzter', volume: 'Umsatz' },
} as const;

test('columns by their names; those that are not named are found as ever', async () => {
  const file = written('german.csv', ...german);
  assert.deepEqual(await first(file, said), [at('2024-07-01T10:00:00Z'), 1.5, 3, 1, 2, 10]);
  const mixed = written(
    'mixed.csv',
    'time,open,high,low,close,vol,volume',
    '2024-07-01,1,3,1,2,5,9',
    '2024-07-02,1,3,1,2,6,8',
  );
  assert.equal((await first(mixed, {})).at(-1), 9);
  assert.equal((await first(mixed, { barColumns: { volume: 'vol' } })).at(-1), 5);
});

test('a time that is named is the time, whatever else is called like one', async () => {
  const rows = [
    '2024-07-01T10:00:00Z,2024-07-01T10:00:30Z,1,3,1,2,5',
    '2024-07-01T10:01:00Z,2024-07-01T10:01:30Z,1,3,1,2,5',
  ];
  const file = written('times.csv', 'open_time,seen,open,high,low,close,volume', ...rows);
  assert.equal((await first(file, {}))[0], at('2024-07-01T10:00:00Z'));
  assert.equal((await first(file, { barColumns: { openTime: 'seen' } }))[0], at('2024-07-01T10:00:30Z'));
  assert.equal((await first(file, { barColumns: { time: 'seen' } }))[0], at('2024-07-01T10:00:30Z'));
});

test('places in a file without a header; names there are refused as of trades', async () => {
  const file = written('bare.csv', '1,2024-07-01 10:00:00,1,3,0.5,2,10', '2,2024-07-01 10:01:00,1,3,0.5,2,10');
  const barColumns = { time: 2, open: 3, high: 4, low: 5, close: 6, volume: 7 };
  assert.deepEqual(await first(file, { barColumns }), [at('2024-07-01T10:00:00Z'), 1, 3, 0.5, 2, 10]);
  await assert.rejects(
    readBars(file),
    /bare\.csv line 1: expected a header row, a Binance kline \(12 fields\), or the places of `barColumns`/,
  );
  await assert.rejects(
    readBars(file, { barColumns: { ...barColumns, volume: 'v' } }),
    /their places \(1, 2, \.\.\.\) there, found the values 1, /,
  );
  await assert.rejects(
    readBars(file, { barColumns: { ...barColumns, volume: 9 } }),
    /expected a column 9 \(barColumns\.volume of the configuration\)/,
  );
  await assert.rejects(
    readBars(file, { barColumns: { volume: 7 } }),
    /expected columns open, high.*none named open, high, low, close/,
  );
});

test('day and time of day apart, in a zone; of days alone', async () => {
  const file = written(
    'apart.csv',
    'Day,Clock,open,high,low,close,volume',
    '2024.07.01,09:00,1,3,1,2,5',
    '2024.07.01,09:01,1,3,1,2,5',
  );
  const options = { zone: 'America/New_York', barColumns: { date: 'Day', time: 'Clock' } };
  assert.equal((await first(file, options))[0], at('2024-07-01T13:00:00Z'));
  const days = written('days.csv', 'Day,open,high,low,close,volume', '20240701,1,3,1,2,5', '20240702,1,3,1,2,5');
  assert.equal((await first(days, { barColumns: { date: 'Day' } }))[0], at('2024-07-01T00:00:00Z'));
  const american = written('us.csv', 'Day,open,high,low,close,volume', '07/01/2024,1,3,1,2,5', '07/02/2024,1,3,1,2,5');
  await assert.rejects(
    readBars(american, { barColumns: { date: 'Day' } }),
    /expected a day such as 2024-07-01.*found "07\/01\/2024"/,
  );
  await assert.rejects(
    readBars(file, { barColumns: { date: 'Day', openTime: 'Clock' } }),
    /`date` beside `time`, or alone/,
  );
});

test('Parquet has the same, but for days apart', async () => {
  const file = join(folder, 'bars.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `COPY (SELECT epoch_ms(1700000000000 + 60000 * i) AS zeit, 1.0 AS o, 3.0 AS h, 0.5 AS l, 2.0 AS c, i AS v FROM range(5) t(i)) TO '${file}' (FORMAT parquet)`,
  );
  const barColumns = { time: 'zeit', open: 'o', high: 'h', low: 'l', close: 'c', volume: 'v' };
  assert.deepEqual(await first(file, { barColumns }), [1_700_000_000_000_000, 1, 3, 0.5, 2, 0]);
  await assert.rejects(
    readBars(file, { barColumns: { ...barColumns, date: 'zeit' } }),
    /times of one column, day and time, in Parquet/,
  );
});

test('a column that is there twice, or not at all, is told with what says which', async () => {
  const twice = written(
    'twice.csv',
    'time,open,high,low,close,volume,Volume',
    '2024-07-01,1,3,1,2,5,6',
    '2024-07-02,1,3,1,2,5,6',
  );
  await assert.rejects(
    readBars(twice),
    /one volume column, found volume and Volume: state `barColumns` in the configuration/,
  );
  assert.equal((await first(twice, { barColumns: { volume: 'Volume' } })).at(-1), 6);
  await assert.rejects(
    readBars(written('none.csv', ...german), { decimal: ',' }),
    /or `barColumns` in the configuration, found none named open/,
  );
  assert.throws(() => parseConfig({ clocks: {}, input: { barColumns: { opn: 'x' } as object } }), /opn/);
});

const mt5 = [
  ['<DATE>', '<TIME>', '<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>', '<TICKVOL>', '<VOL>', '<SPREAD>'],
  ['2024.01.02', '10:00:00', '1.10', '1.12', '1.09', '1.11', '123', '4500', '2'],
  ['2024.01.02', '10:01:00', '1.11', '1.13', '1.10', '1.12', '99', '3100', '2'],
].map((row) => row.join('\t'));

test('days that come first have points; what names its zone needs none: candles of Dukascopy', async () => {
  const rows = (stamp: (minute: string) => string): string[] =>
    ['00', '01', '02'].map((minute) => `${stamp(minute)},1.5,3,1,2,10.25`);
  const candles = (time: string, stamp: (minute: string) => string): string =>
    written(`${time}.csv`, `${time},Open,High,Low,Close,Volume`, ...rows(stamp));
  const greenwich = candles('Gmt time', (minute) => `02.01.2024 00:${minute}:00.000`);
  assert.deepEqual(await first(greenwich, {}), [at('2024-01-02T00:00:00Z'), 1.5, 3, 1, 2, 10.25]);
  const local = candles('Local time', (minute) => `02.07.2024 00:${minute}:00.000 GMT+0200`);
  const options = { zone: 'America/New_York', barColumns: { time: 'Local time' } };
  assert.equal((await first(local, options))[0], at('2024-07-01T22:00:00Z'));
  const days = ['00:00', '00:01'].map((clock) => `02.01.2024,${clock},1,3,1,2,5`);
  const apart = written('apart.csv', 'Day,Clock,Open,High,Low,Close,Volume', ...days);
  assert.equal((await first(apart, { barColumns: { date: 'Day', time: 'Clock' } }))[0], at('2024-01-02T00:00:00Z'));
  const wrong = candles('time', (minute) => `01.13.2024 00:${minute}:00`);
  await assert.rejects(first(wrong, {}), /time/);
});

test('MetaTrader 5: the zone of the server and which volume have to be said', async () => {
  const file = written('EURUSD_M1.csv', ...mt5);
  const zone = 'Europe/Athens';
  const read = await first(file, { zone, barColumns: { volume: '<VOL>' } });
  assert.deepEqual(read, [at('2024-01-02T08:00:00Z'), 1.1, 1.12, 1.09, 1.11, 4500]);
  const ticks = await readBars(file, { zone, barColumns: { volume: '<TICKVOL>', numTicks: '<TICKVOL>' } });
  assert.deepEqual([ticks.columns['volume'][1], ticks.columns['num_ticks'][1]], [99, 99]);
  const wanted =
    /EURUSD_M1\.csv line 1: expected `input: \{ zone: America\/New_York\+07:00, barColumns: \{ volume: '<TICKVOL>' \} \}`: the zone of the broker's server \(.*\), and which column is the volume, found bars of MetaTrader: times by the clock of the broker, <TICKVOL>, a count of ticks, and <VOL>/;
  for (const options of [{}, { zone }, { barColumns: { volume: '<VOL>' } }])
    await assert.rejects(readBars(file, options), wanted);
  await assert.rejects(
    readBars(file, { zone, barColumns: { volume: 'VOL' } }),
    /expected a column "VOL" \(barColumns\.volume/,
  );
  const day = written(
    'D1.csv',
    ...mt5
      .map((line) => line.split('\t').toSpliced(1, 1).join('\t'))
      .toSpliced(2, 1, '2024.01.03\t1\t2\t1\t2\t9\t8\t1'),
  );
  assert.equal((await first(day, { zone: 'UTC', barColumns: { volume: '<VOL>' } }))[0], at('2024-01-02T00:00:00Z'));
});

test('MetaTrader 4 has no names: the same is asked, and said by name or place', async () => {
  const file = written(
    'EURUSD1.csv',
    '2024.01.02,00:00,1.1,1.2,1.05,1.15,123',
    '2024.01.02,00:01,1.1,1.2,1.05,1.15,77',
  );
  const options = { zone: '+02:00', barColumns: { volume: 7 } };
  assert.deepEqual(await first(file, options), [at('2024-01-01T22:00:00Z'), 1.1, 1.2, 1.05, 1.15, 123]);
  assert.equal((await first(file, { ...options, barColumns: { volume: '<TICKVOL>' } })).at(-1), 123);
  await assert.rejects(
    readBars(file),
    /EURUSD1\.csv line 1: .*found bars of MetaTrader: times by the clock of the broker, <TICKVOL>, a count of ticks$/,
  );
});
