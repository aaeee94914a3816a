/** Rows in the stores that other systems read, on real servers: once, twice, in parts, and read back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { build, readNewestRow, replay, sinkParquet, sinkPostgres, sinkRedis } from 'minotaur/runs';
import { writeToRedis } from '../../packages/minotaur/src/sinks/redis.ts';
import { readRows } from '../cli.ts';
import { startServer } from '../servers.ts';
import { at, config, COUNT, second, trades, whole } from '../sunk-runs.ts';

await replay({ config, trades: [trades[0]], out: at('replayed'), journal: at('journal') });

test('a run that goes on knows where its rows stand', () => {
  assert.equal(whole.firstRow, 0);
  assert.equal(second.firstRow, COUNT - second.counts.rows);
});

const postgres = startServer('postgres');
test(
  'PostgreSQL: every value, a repeat writes nothing, a row of other bits is refused',
  { skip: postgres.skip ?? false },
  async () => {
    const url = postgres.facts?.['url'] ?? '';
    for (const layout of ['columns', 'array'] as const) {
      const table = `rows_${layout}`;
      const to = { url, table, layout };
      assert.deepEqual(await counted(sinkPostgres({ rows: [at('second')], ...to })), [
        second.counts.rows,
        second.counts.rows,
      ]);
      assert.deepEqual(await counted(sinkPostgres({ rows: [at('whole')], ...to })), [
        COUNT,
        COUNT - second.counts.rows,
      ]);
      assert.deepEqual(await counted(sinkPostgres({ rows: [at('first'), at('second')], ...to })), [COUNT, 0]);
      assert.deepEqual(
        (await counted(sinkPostgres({ journal: at('journal'), ...to })))[1],
        0,
        'its rows are those of the build',
      );
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        const { rows } = await client.query<Record<string, unknown>>(
          `SELECT *, extract(epoch FROM time) * 1000000 AS micros FROM ${table} ORDER BY ordinal`,
        );
        const all = await readRows(at('whole'));
        assert.equal(rows.length, COUNT);
        for (const [i, row] of rows.entries()) {
          const own = layout === 'array' ? row['values'] : whole.columns.map((name) => row[name]);
          assert.deepEqual(own, all[i].slice(1));
          assert.equal(Number(row['micros']), all[i][0]);
          assert.equal(row['instruments'], 'AAAUSDT');
        }
        const names = await client.query<{ name: string }>(`SELECT name FROM ${table}_columns ORDER BY place`);
        assert.deepEqual(
          names.rows.map(({ name }) => name),
          whole.columns,
        );
        await client.query(`UPDATE ${table} SET digest = '\\x00' WHERE ordinal = 7`);
        await assert.rejects(
          sinkPostgres({ rows: [at('whole')], ...to }),
          /expected the row that is there: AAAUSDT, schema \w+, epoch 0, ordinal 7, found one of other bits/,
        );
        const other = await client.query(`SELECT 1 FROM ${table} WHERE digest = '\\x00'`);
        assert.equal(other.rowCount, 1, 'it was left as it was');
      } finally {
        await client.end();
      }
    }
    // Another schema with the same columns in another order, in the table that the first one made.
    const turned = { ...config, features: { bar: config.features.bar.toReversed() } };
    const { columns } = await build({ config: turned, trades: [trades[0]], out: at('turned') });
    assert.deepEqual(columns.toSorted(), whole.columns.toSorted());
    assert.notDeepEqual(columns, whole.columns);
    await sinkPostgres({ rows: [at('turned')], url, table: 'rows_columns', layout: 'columns' });
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ same: string }>(
        `SELECT count(*) AS same FROM rows_columns a JOIN rows_columns b USING (epoch, ordinal) WHERE a.schema < b.schema AND ${columns.map((name) => `a."${name}" IS NOT DISTINCT FROM b."${name}"`).join(' AND ')}`,
      );
      assert.equal(Number(rows[0].same), (await readRows(at('turned'))).length);
    } finally {
      await client.end();
    }
    const nobody = url.replace('minotaur@', 'nobody@');
    await assert.rejects(
      sinkPostgres({ rows: [at('whole')], url: nobody }),
      /postgres, table minotaur_rows: expected a server that takes rows, found 28000/,
    );
  },
);

test(
  'PostgreSQL: a table that another session holds is named, and waited for no longer than is said',
  { skip: postgres.skip ?? false },
  async () => {
    const url = postgres.facts?.['url'] ?? '';
    const to = {
      url: `${url}?options=${encodeURIComponent('-c lock_timeout=300')}`,
      table: 'held',
      layout: 'array',
    } as const;
    await sinkPostgres({ rows: [at('first')], ...to });
    const other = new Client({ connectionString: url });
    await other.connect();
    try {
      await other.query('BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE');
      const message = /postgres, table held: expected a table that no other session locks, found canceling statement/;
      for (const replace of [false, true])
        await assert.rejects(sinkPostgres({ rows: [at('whole')], ...to, replace }), message);
    } finally {
      await other.end();
    }
    assert.deepEqual(await counted(sinkPostgres({ rows: [at('whole')], ...to })), [COUNT, second.counts.rows]);
  },
);

test(
  'PostgreSQL: a correction takes the place of what is there from its first row on, whole or not at all',
  { skip: postgres.skip ?? false },
  async () => {
    const url = postgres.facts?.['url'] ?? '';
    const to = { url, table: 'corrected' };
    // As by a build that begins at another trade: other rows by the same names, and fewer.
    const cold = await build({ config, trades: [trades[1]], out: at('cold') });
    await sinkPostgres({ rows: [at('whole')], ...to });
    await assert.rejects(sinkPostgres({ rows: [at('cold')], ...to }), /found one of other bits/);
    const client = new Client({ connectionString: url });
    await client.connect();
    const rowsThere = async () => {
      const { rows } = await client.query<{ close: number }>(
        `SELECT ${whole.columns[0]} AS close FROM corrected ORDER BY ordinal`,
      );
      return rows.map(({ close }) => close);
    };
    const closes = async (name: string): Promise<number[]> => (await readRows(at(name))).map((row) => row[1]);
    try {
      // The second of these comes before the first, which is found when the first is on its way.
      await assert.rejects(
        sinkPostgres({ rows: [at('second'), at('cold')], ...to, replace: true }),
        /--replace: expected rows of AAAUSDT, epoch 0, in order/,
      );
      assert.deepEqual(await rowsThere(), await closes('whole'), 'nothing has changed');
      assert.deepEqual(await counted(sinkPostgres({ rows: [at('cold')], ...to, replace: true })), [
        cold.counts.rows,
        cold.counts.rows,
      ]);
      assert.deepEqual(await rowsThere(), await closes('cold'));
      await sinkPostgres({ rows: [at('first'), at('second')], ...to, replace: true });
      assert.deepEqual(await rowsThere(), await closes('whole'));
      // From its first row on: those before it stay.
      await client.query(`UPDATE corrected SET digest = '\\x00' WHERE ordinal = 0 OR ordinal >= ${second.firstRow}`);
      await sinkPostgres({ rows: [at('second')], ...to, replace: true });
      const { rowCount } = await client.query(`SELECT 1 FROM corrected WHERE digest = '\\x00'`);
      assert.equal(rowCount, 1);
    } finally {
      await client.end();
    }
  },
);

const counted = async (report: ReturnType<typeof sinkPostgres>): Promise<readonly [number, number | undefined]> => {
  const { rows, written } = await report;
  return [rows, written];
};

const redis = startServer('redis');
test(
  'Redis: the newest row by name; an older one that comes late changes nothing',
  { skip: redis.skip ?? false },
  async () => {
    const url = redis.facts?.['url'] ?? '';
    const place = { url, prefix: 'minotaur' };
    assert.equal(await readNewestRow('AAAUSDT', place), undefined);
    assert.equal((await sinkRedis({ rows: [at('whole')], url })).rows, COUNT);
    const newest = await readNewestRow('AAAUSDT', place);
    const all = await readRows(at('whole'));
    const last = COUNT - 1;
    assert.deepEqual(Object.keys(newest?.values ?? {}), whole.columns);
    assert.deepEqual(Object.values(newest?.values ?? {}), all[last].slice(1));
    assert.equal(newest?.ordinal, last);
    assert.equal(newest.time, all[last][0]);
    assert.equal(newest.schemaId, whole.schemaId);
    await sinkRedis({ rows: [at('first')], url });
    assert.deepEqual(await readNewestRow('AAAUSDT', place), newest);
    await assert.rejects(
      sinkRedis({ rows: [at('whole')], url: 'redis://user:secret@127.0.0.1:1' }),
      (error: Error) =>
        error.message.startsWith('redis 127.0.0.1:1: expected a Redis server that answers') &&
        !error.message.includes('secret'),
    );
  },
);

test('Redis: a correction stands there, though what was there is newer', { skip: redis.skip ?? false }, async () => {
  const place = { url: redis.facts?.['url'] ?? '', prefix: 'corrected' };
  await sinkRedis({ rows: [at('whole')], ...place });
  await sinkRedis({ rows: [at('first')], ...place, replace: true });
  const all = await readRows(at('first'));
  const newest = await readNewestRow('AAAUSDT', place);
  assert.deepEqual(Object.values(newest?.values ?? {}), all[all.length - 1].slice(1));
});

test(
  'Redis: of two schemas the later row stands, though it is of fewer; another history of a chain is refused',
  { skip: redis.skip ?? false },
  async () => {
    const place = { url: redis.facts?.['url'] ?? '', prefix: 'two' };
    const put = (schemaId: string, ordinal: number, time: number, value: number): Promise<number> =>
      writeToRedis(
        {
          instruments: 'A',
          schemaId,
          columns: ['a'],
          async *blocks() {
            const [ready, complete] = [Float64Array.of(1), Float64Array.of(1)];
            const [times, values] = [Float64Array.of(time), Float64Array.of(value)];
            yield await Promise.resolve({
              count: 1,
              width: 1,
              epoch: 0,
              ordinal,
              time: times,
              values,
              ready,
              complete,
            });
          },
        },
        place,
        () => Promise.resolve(),
      );
    const [one, two] = ['ab'.repeat(32), 'cd'.repeat(32)];
    const standing = async () => (await readNewestRow('A', place))?.values['a'];
    await put(one, 900, 1000, 1);
    await put(two, 3, 999, 2);
    assert.equal(await standing(), 1);
    await put(two, 4, 1001, 3);
    assert.equal(await standing(), 3);
    await put(two, 4, 1001, 3);
    await put(two, 2, 998, 9);
    assert.equal(await standing(), 3);
    for (const [ordinal, time] of [
      [4, 1001],
      [5, 1000],
      [3, 1002],
    ] as const)
      await assert.rejects(put(two, ordinal, time, 7), /redis 127.*: expected the row that is there: A, .* other bits/);
    assert.equal(await standing(), 3);
  },
);

test('what is of a bus alone is refused without one, and a bus beside rows', async () => {
  const out = at('nothing');
  await assert.rejects(
    sinkParquet({ rows: [at('whole')], out, once: true }),
    /once: expected a bus \(--bus\) beside it/,
  );
  await assert.rejects(sinkParquet({ out }), /sink: expected rows, a journal or a bus, found none/);
  const bus = 'kafka://127.0.0.1:1/desk';
  await assert.rejects(
    sinkParquet({ rows: [at('whole')], bus, out }),
    /expected rows, a journal or a bus, found several/,
  );
  await assert.rejects(
    sinkParquet({ bus, out }),
    /config: expected the configuration whose rows these are, found none/,
  );
  await assert.rejects(
    sinkParquet({ bus, config, out, replace: true }),
    /replace: expected rows or a journal, found a bus/,
  );
});
