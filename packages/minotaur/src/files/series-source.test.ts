/** Series from Parquet: text is read by the rules of CSV, wherever the machine stands; what is no number is refused with its place. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDuck } from './parquet/duck.ts';
import { readSeries, seriesTelling } from './series-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-series-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Row = readonly [time: string, available: string, rate: string];
const NAMES = ['time', 'available_at', 'rate'];

async function parquet(name: string, types: readonly string[], rows: readonly Row[]): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  const duck = await openDuck();
  const cell = (text: string, k: number): string =>
    text === 'NULL' ? `CAST(NULL AS ${types[k]})` : `CAST('${text}' AS ${types[k]})`;
  const values = rows.map((row) => `(${row.map(cell).join(', ')})`).join(', ');
  await duck.connection.run(
    `COPY (SELECT * FROM (VALUES ${values}) AS t(${NAMES.join(', ')})) TO '${path}' (FORMAT parquet)`,
  );
  duck.close();
  return path;
}

function csv(name: string, rows: readonly Row[]): string {
  const path = join(folder, `${name}.csv`);
  const lines = rows.map((row) => row.map((text) => (text === 'NULL' ? '' : text)).join(','));
  writeFileSync(path, `${[NAMES.join(','), ...lines].join('\n')}\n`);
  return path;
}

async function read(file: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const block of readSeries(file, { name: 'funding', values: ['rate'], delay: 1e6 }, seriesTelling()))
    for (let i = 0; i < block.rows; i++) rows.push([block.at(i), block.availableAt(i)]);
  return rows;
}

const TEXT = ['VARCHAR', 'VARCHAR', 'VARCHAR'];
const ISO: readonly Row[] = [
  ['2024-08-08T16:00:00', '2024-08-08T16:00:05.1234567Z', '0.0001'],
  ['2024-08-08D17:00:00', 'NULL', ' -1.5e-4 '],
  ['2024-08-08 18:00:00+02:00', '2024-08-08 16:30', 'NaN'],
  ['2024-08-09', '', '0.1234567890123456789'],
];
const MICROS = '1723132800000001';
const COUNTED: readonly Row[] = [
  [MICROS, '1723132801000000.9', '1'],
  ['1723132900000000', 'NULL', '+.5'],
];

test('text in columns of times and values is what it is in CSV, whatever the zone of the machine', async () => {
  const zone = process.env['TZ'];
  try {
    for (const [name, rows] of Object.entries({ iso: ISO, counted: COUNTED })) {
      const expected = await read(csv(name, rows));
      const path = await parquet(name, TEXT, rows);
      for (const other of ['UTC', 'America/New_York']) {
        process.env['TZ'] = other;
        assert.deepEqual(await read(path), expected, `${name} in ${other}`);
      }
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
  const [first] = await read(await parquet('first', TEXT, ISO));
  const time = Date.UTC(2024, 7, 8, 16) * 1000;
  assert.deepEqual(first, [{ time, available_at: time + 5_123_456, rate: 0.0001 }, time + 5_123_456]);
});

test('a text that is no number or time is refused with row and column', async () => {
  const of = (k: number, text: string): Row[] => {
    const row = [MICROS, MICROS, '1'] as [string, string, string];
    const wrong = row.with(k, text) as unknown as Row;
    return [row, row, wrong];
  };
  for (const [k, text] of [
    [0, 'yesterday'],
    [1, '2024-08-08'],
    [2, '1_000'],
    [2, 'high'],
  ] as const) {
    const path = await parquet(`wrong-${k}`, TEXT, of(k, text));
    await assert.rejects(read(path), {
      message: `${path} row 3: expected a number or time as ${NAMES[k]}, found the text '${text}'`,
    });
  }
});

test('a value of a type that is no number is refused; times of a type and counted ones stand beside each other', async () => {
  const dates = await parquet(
    'dates',
    ['TIMESTAMP', 'BIGINT', 'DATE'],
    [['2024-08-08 16:00:00', MICROS, '2024-08-08']],
  );
  await assert.rejects(read(dates), {
    message: `${dates}, column rate: expected numbers as rate, found values of the type DATE`,
  });
  const time = Date.UTC(2024, 7, 8, 16) * 1000;
  for (const types of [
    ['TIMESTAMP', 'BIGINT', 'DECIMAL(18, 4)'],
    ['TIMESTAMPTZ', 'VARCHAR', 'UINTEGER'],
    ['TIMESTAMP_NS', 'TIMESTAMP_S', 'FLOAT'],
  ]) {
    const available = types[1] === 'BIGINT' ? `${time}` : '2024-08-08 16:00:00';
    const path = await parquet(types[0], types, [['2024-08-08 16:00:00+00', available, '5']]);
    assert.deepEqual(await read(path), [[{ time, available_at: time, rate: 5 }, time]], types.join());
  }
});
