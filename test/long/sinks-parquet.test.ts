/** Rows as partitions of Parquet: of one run or of two, read by other tools. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { sinkParquet } from 'minotaur/runs';
import { pythonWith } from '../servers.ts';
import { at, COUNT, whole } from '../sunk-runs.ts';

test('Parquet: a row has one place, whoever brings it; DuckDB, polars and pandas read the partitions', async (t) => {
  const out = at('partitions');
  await sinkParquet({ rows: [at('second')], out });
  await sinkParquet({ rows: [at('first')], out });
  await sinkParquet({ rows: [at('whole')], out: at('at-once') });
  await sinkParquet({ rows: [at('whole')], out });
  const python = pythonWith('duckdb', 'polars', 'pandas', 'pyarrow');
  if (python === undefined)
    return t.skip('no Python with duckdb, polars, pandas and pyarrow (scripts/servers.sh install)');
  assert.ok(readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith('.parquet')).length >= 2);
  writeFileSync(
    at('read.py'),
    `import sys, duckdb, polars, pandas
out, count, schema = sys.argv[1], int(sys.argv[2]), sys.argv[3]
for place in (out, sys.argv[4]):
    glob = place + '/**/*.parquet'
    duck = duckdb.sql(f"SELECT * FROM read_parquet('{glob}', hive_partitioning=true) ORDER BY ordinal").df()
    pola = polars.scan_parquet(glob, hive_partitioning=True).sort('ordinal').collect().to_pandas()
    pand = pandas.read_parquet(place).sort_values('ordinal').reset_index(drop=True)
    for name, frame in (('duckdb', duck), ('polars', pola), ('pandas', pand)):
        assert len(frame) == count, (name, len(frame), count)
        assert list(frame['ordinal']) == list(range(count)), name
        assert set(frame['instruments'].astype(str)) == {'AAAUSDT'}, name
        assert set(frame['schema'].astype(str)) == {schema}, name
        assert set(frame['epoch'].astype(int)) == {0}, name
    for column in [c for c in duck.columns if c not in ('instruments', 'schema', 'epoch')]:
        assert (duck[column] == pola[column]).sum() == duck[column].notna().sum(), column
        assert (duck[column] == pand[column]).sum() == duck[column].notna().sum(), column
    print(repr(float(duck[sys.argv[5]].sum())))
`,
  );
  const { status, stdout, stderr } = spawnSync(
    python,
    [at('read.py'), out, String(COUNT), whole.schemaId, at('at-once'), whole.columns[0]],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  const [parts, once] = stdout.trim().split('\n');
  assert.equal(parts, once);
});
