/** Files of our own in blocks of rows, bit by bit as they were written, in bounded memory. */
import { fail } from 'minotaur-core/internal/base/errors';
import { chunksOf, doublesOf, fromParquet, openDuck, parquetColumns, quoted, readingParquet } from './duck.ts';

export interface ColumnBlock {
  readonly count: number;
  /** `count` values each, in the order asked for; valid until the next block. */
  readonly columns: readonly Float64Array[];
}

/** The columns named, a few thousand rows at a time. Infinities stay: unlike `readColumns`, which reads files of others too. */
export async function* readBlocks(file: string, names: readonly string[]): AsyncGenerator<ColumnBlock> {
  const duck = await openDuck();
  try {
    const known = new Set((await readingParquet(file, () => parquetColumns(duck, file))).map(({ name }) => name));
    const missing = names.find((name) => !known.has(name));
    if (missing !== undefined) fail('input', file, `a column ${missing}`, 'none');
    const list = names.map((name) => `CAST(${quoted(name)} AS DOUBLE)`).join(', ');
    for await (const chunk of chunksOf(duck, file, `SELECT ${list} FROM ${fromParquet(file)}`)) {
      const count = chunk.rowCount;
      yield { count, columns: names.map((_, k) => doublesOf(chunk, k).subarray(0, count)) };
    }
  } finally {
    duck.close();
  }
}

/** A column of texts as indices into `words`; -1 for any other text. */
export async function readCodes(file: string, name: string, words: readonly string[]): Promise<Int8Array> {
  const duck = await openDuck();
  try {
    const cases = words.map((word, code) => `WHEN '${word}' THEN ${code}`).join(' ');
    const sql = `SELECT CAST(CASE ${quoted(name)} ${cases} ELSE -1 END AS DOUBLE) FROM ${fromParquet(file)}`;
    const parts: Int8Array[] = [];
    for await (const chunk of chunksOf(duck, file, sql)) {
      parts.push(Int8Array.from(doublesOf(chunk, 0).subarray(0, chunk.rowCount)));
    }
    const codes = new Int8Array(parts.reduce((total, part) => total + part.length, 0));
    let at = 0;
    for (const part of parts) {
      codes.set(part, at);
      at += part.length;
    }
    return codes;
  } finally {
    duck.close();
  }
}
