/** Rows of Parquet that differ in what is traded. */
import type { Telling, TellingColumn } from '../csv/telling.ts';
import { fromParquet, readingParquet, textSql, type Duck, type ParquetColumn } from './duck.ts';

interface ToldRows {
  readonly file: string;
  readonly columns: readonly ParquetColumn[];
  readonly telling: readonly TellingColumn[];
  /** The condition, as SQL, of the rows that are taken. */
  readonly where: string;
}

/** Refuses rows that differ in a column that says what is traded. */
export async function requireSame(
  duck: Duck,
  { file, columns, telling, where }: ToldRows,
  { requireSame: require }: Telling,
): Promise<void> {
  for (const column of telling) {
    const sql = `SELECT DISTINCT coalesce(${textSql(columns[column.at])}, '') AS told FROM ${fromParquet(file)}
      WHERE ${where} ORDER BY told LIMIT 1000`;
    const rows = await readingParquet(file, async () => (await duck.connection.run(sql)).getRows());
    for (const [text] of rows) require(column, String(text), () => file);
  }
}
