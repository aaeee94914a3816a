/** What the numbers of a Parquet file do not tell: its texts, and what its columns are by their types. */
import {
  chunksOf,
  fromParquet,
  isText,
  isTyped,
  openDuck,
  parquetColumns,
  plainTextSql,
  readingParquet,
  textsOf,
} from '../../files/parquet/duck.ts';

/** What numbers do not tell. */
export interface Texts {
  /** The texts of the columns that hold no numbers; those of the times only of a text file. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Columns of whole numbers that need not be: written `5.0` or `1e3`, or of a type with a fraction. */
  readonly fractions: ReadonlySet<string>;
  /** Columns that are of true and false by their type. */
  readonly flags: ReadonlySet<string>;
}

/** Of every column of words or times beside `time` its texts, '' where it has none; `names` are the columns of the file. */
export async function readParquetTexts(file: string, names: readonly string[], time: string): Promise<Texts> {
  const duck = await openDuck();
  try {
    const columns = await readingParquet(file, () => parquetColumns(duck, file));
    const ofType = (is: (type: string) => boolean): number[] =>
      [...columns.keys()].filter((k) => is(columns[k].type) && names[k] !== time);
    const wanted = ofType((type) => isText(type) || isTyped(type));
    const texts = new Map(wanted.map((k) => [names[k], [] as string[]]));
    const sql = `SELECT ${wanted.map((k) => plainTextSql(columns[k])).join(', ')} FROM ${fromParquet(file)}`;
    if (wanted.length > 0)
      for await (const chunk of chunksOf(duck, file, sql))
        wanted.forEach((k, at) => {
          for (const text of textsOf(chunk, at)) texts.get(names[k])?.push((text ?? '').trim());
        });
    const named = (list: readonly number[]): ReadonlySet<string> => new Set(list.map((k) => names[k]));
    return {
      texts,
      fractions: named(ofType((type) => /^(DOUBLE|FLOAT|DECIMAL.*)$/.test(type))),
      flags: named(ofType((type) => type === 'BOOLEAN')),
    };
  } finally {
    duck.close();
  }
}
