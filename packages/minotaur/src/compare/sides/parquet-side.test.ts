/** Columns of Parquet that are neither numbers nor times. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDuck } from '../../files/parquet/duck.ts';
import { compareSides } from '../table/compare.ts';
import { openSide } from './open.ts';

test('lists, structures and times of day are compared as the text that they have', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-lists-'));
  const duck = await openDuck();
  const write = async (name: string, at: number): Promise<string> => {
    const path = join(folder, name);
    const cells = `[i, ${at} + i] AS list, {'a': i} AS struct, TIME '10:00:00' AS hour, NULL::INTEGER[] AS none`;
    const sql = `SELECT make_timestamp(i * 60000000) AS time, i AS x, ${cells} FROM range(40) AS t(i)`;
    await duck.connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
    return path;
  };
  const [a, b] = [await openSide(await write('a.parquet', 1)), await openSide(await write('b.parquet', 2))];
  try {
    const found = await compareSides(a, b);
    assert.deepEqual([found.equal, found.columns, found.same], [false, 5, 4]);
    const [{ name, first }] = found.differing;
    assert.deepEqual([name, first.a, first.b], ['list', '[0, 1]', '[0, 2]']);
  } finally {
    a.close();
    b.close();
    duck.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
