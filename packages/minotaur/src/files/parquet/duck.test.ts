/** What a reader of Parquet keeps. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
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
