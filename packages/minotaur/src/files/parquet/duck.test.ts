/** What a reader of Parquet keeps. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { openTrades } from '../trades/trade-source.ts';
import { fromParquet, openDuck } from './duck.ts';
import { createTableWriter } from './table-writer.ts';

test('nothing of a file that was read stays in memory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-duck-'));
  const duck = await openDuck();
  try {
    const path = join(folder, 'x.parquet');
    const table = createTableWriter(path, [{ name: 'x', type: 'DOUBLE' }]);
    for (let from = 0; from < 4096; from += 1024)
      table.appendColumns(1024, [Float64Array.from({ length: 4096 }, (_, i) => i)], from);
    table.commit();
    const ask = async (sql: string): Promise<unknown> => (await (await duck.connection.run(sql)).getRows())[0][0];
    await duck.connection.run('SET parquet_metadata_cache = true');
    for (let pass = 0; pass < 3; pass++)
      assert.equal(await ask(`SELECT sum(x) FROM ${fromParquet(path)}`), 4095 * 2048);
    assert.equal(await ask('SELECT count(*) FROM duckdb_external_file_cache()'), 0n);
  } finally {
    duck.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The rows of a file that are read as trades of the symbol A, in the order in which they come. */
async function rowsOfA(path: string, rowGroupSize: number, isOf: (i: number) => boolean): Promise<number[]> {
  const column = <T>(of: (i: number) => T): T[] => Array.from({ length: 12_000 }, (_, i) => of(i));
  const columnData = [
    { name: 'symbol', data: column((i) => (isOf(i) ? 'A' : 'B')), type: 'STRING' as const },
    { name: 'id', data: column((i) => BigInt(i)) },
    { name: 'time', data: column((i) => 1_700_000_000_000_000n + BigInt(i) * 1000n) },
    { name: 'price', data: column((i) => 100 + (i % 77) / 100), type: 'DOUBLE' as const },
    { name: 'qty', data: column((i) => 1 + (i % 5)), type: 'DOUBLE' as const },
    { name: 'side', data: column((i) => (i % 3 === 0 ? 'sell' : 'buy')), type: 'STRING' as const },
  ];
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize })));
  const source = await openTrades([path], { instrument: { symbol: 'A' } });
  const rows: number[] = [];
  for await (const { block, numbers } of source.blocks()) rows.push(...numbers.subarray(0, block.length));
  source.close();
  return rows;
}

test('rows come in the order of the file, however few of a row group, or of thousands of rows, are trades of the instrument', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-duck-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // Few, then many; and row groups of a whole chunk and a row.
  for (const [size, isOf] of [
    [12_000, (i: number) => i % (i < 5000 ? 100 : 2) === 0],
    [2049, () => true],
  ] as const) {
    const expected = Array.from({ length: 12_000 }, (_, i) => i).flatMap((i) => (isOf(i) ? [i + 1] : []));
    const found = await rowsOfA(join(folder, 'trades.parquet'), size, isOf);
    assert.equal(found.length, expected.length);
    assert.equal(
      found.findIndex((row, i) => row !== expected[i]),
      -1,
    );
  }
});
