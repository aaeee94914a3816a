/** Trades from files, in the order of the files and of their rows, in bounded memory. */
import { fail } from 'minotaur-core/internal/base/errors';
import { readCsvHead } from '../csv/csv.ts';
import { openCsvTrades } from '../csv/csv-trades.ts';
import { openDuck } from '../parquet/duck.ts';
import type { Duck } from '../parquet/duck.ts';
import { isFrame, openFrames } from './frames-trades.ts';
import type { InputOptions } from '../csv/layout.ts';
import { openParquetTrades } from '../parquet/parquet-trades.ts';
import { expandPaths } from '../paths.ts';
import { prefetched } from './source-block.ts';
import type { FileLayout, FileReader, SourceBlock } from './source-block.ts';
import { containerOf } from '../csv/text-stream.ts';

export type { ColumnMapping, InputOptions, SideMeaning } from '../csv/layout.ts';
export type { FileLayout, SourceBlock } from './source-block.ts';
export type { TimeUnit } from '../csv/time-unit.ts';

/** Opened files of trades. */
export interface TradeSource {
  /** The files, globs expanded, in reading order. */
  readonly files: readonly string[];
  /** What each file was found to be. */
  readonly layouts: readonly FileLayout[];
  /** All trades from the start; the next block is decoded while the consumer works on the current one. */
  blocks(): AsyncGenerator<SourceBlock>;
  /** Gives back what reading took; the source is of no use afterwards. */
  close(): void;
}

/**
 * Opens files of trades: Parquet, or text that is plain, gzip or zstd, told by content.
 *
 * Rows that cannot be read as a trade are kept, with NaN in the bad field: the chain counts and reports them. The shape of
 * the file is not negotiable: a missing column, a row with another number of fields, a truncated file, a wrong time unit
 * and a file without trades are errors that name the file and line.
 * @param patterns files and globs
 * @throws {MinotaurError} of kind `input`
 */
export async function openTrades(patterns: readonly string[], options: InputOptions = {}): Promise<TradeSource> {
  const files = expandPaths(patterns);
  let duck: Duck | undefined;
  const close = (): void => {
    duck?.close();
    duck = undefined;
  };
  try {
    const readers: FileReader[] = [];
    for (const file of files) {
      const container = await containerOf(file);
      if (container === 'parquet') readers.push(await openParquetTrades((duck ??= await openDuck()), file, options));
      else readers.push(await openText(file, container, options));
    }
    const layouts = readers.map(({ layout }) => layout);
    return { files, layouts, blocks: () => prefetched(allBlocks(readers)), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function openText(file: string, container: 'none' | 'gzip' | 'zstd', options: InputOptions): Promise<FileReader> {
  if (/\.parquet$/i.test(file)) fail('input', file, 'a Parquet file, which begins with PAR1', 'other bytes');
  const head = await readCsvHead(file, container);
  if (isFrame(head.line)) return openFrames(file, container, head.line, options);
  return openCsvTrades(file, container, head, options);
}

async function* allBlocks(readers: readonly FileReader[]): AsyncGenerator<SourceBlock> {
  for (const reader of readers) {
    let rows = 0;
    for await (const block of reader.blocks()) {
      rows += block.block.length;
      yield block;
    }
    if (rows === 0) fail('input', reader.layout.file, 'trades', 'no trades');
  }
}
