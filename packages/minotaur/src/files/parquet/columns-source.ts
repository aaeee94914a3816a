/** Some columns of a Parquet file of our own, whole: for pages and tools, not for trades. */
import { numberColumn, valuesOf } from './double-column.ts';
import { chunksOf, fromParquet, openDuck, parquetColumns, readingParquet } from './duck.ts';
import { FACTS_KEY } from './parquet-footer.ts';
import { fail } from 'minotaur-core/internal/base/errors';

/** Names of the columns of a file, in order. */
export async function columnNames(file: string): Promise<string[]> {
  const duck = await openDuck();
  try {
    return (await readingParquet(file, () => parquetColumns(duck, file))).map(({ name }) => name);
  } finally {
    duck.close();
  }
}

/** What a file of ours says of itself; undefined where it says nothing. */
export async function readFacts(file: string): Promise<Record<string, unknown> | undefined> {
  const duck = await openDuck();
  try {
    const sql = `SELECT decode(value) FROM parquet_kv_metadata('${file.replaceAll("'", "''")}') WHERE decode(key) = '${FACTS_KEY}'`;
    const [row] = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
    return row === undefined ? undefined : (JSON.parse(String(row[0])) as Record<string, unknown>);
  } finally {
    duck.close();
  }
}

/** The columns named, as doubles, in file order. */
export async function readColumns(file: string, names: readonly string[]): Promise<Record<string, Float64Array>> {
  const duck = await openDuck();
  try {
    const all = await readingParquet(file, () => parquetColumns(duck, file));
    const found = names.map(
      (name) => all.find((column) => column.name === name) ?? fail('input', file, `a column ${name}`, 'none'),
    );
    const counted = await readingParquet(file, () => duck.connection.run(`SELECT count(*) FROM ${fromParquet(file)}`));
    const rows = Number((await counted.getRows())[0][0]);
    const columns = names.map(() => new Float64Array(rows));
    let at = 0;
    const list = found.map((column) => numberColumn(column));
    const sql = `SELECT ${list.map((column) => column.sql).join(', ')} FROM ${fromParquet(file)}`;
    for await (const chunk of chunksOf(duck, file, sql)) {
      columns.forEach((column, k) => column.set(valuesOf(chunk, k, list[k]), at));
      at += chunk.rowCount;
    }
    return Object.fromEntries(names.map((name, k) => [name, columns[k]]));
  } finally {
    duck.close();
  }
}
