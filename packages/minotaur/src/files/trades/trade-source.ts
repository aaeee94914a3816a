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
import { prefetched, sourceBlock } from './source-block.ts';
import { sorted } from './sorted.ts';
import { createCoarseSettler } from './coarse.ts';
import { requireNamed } from './file-symbol.ts';
import { createSeam } from './seam.ts';
import { createSymbolFilter, type SymbolFilter } from './symbol-filter.ts';
import { zipMembers } from '../zip.ts';
import type { FileLayout, FileReader, SourceBlock } from './source-block.ts';
import { containerOf, type Compression } from '../csv/text-stream.ts';

export type { ColumnMapping, InputOptions, SideMeaning } from '../csv/layout.ts';
export type { DecimalMark } from '../csv/number-format.ts';
export type { FileLayout, LeftOut, SourceBlock } from './source-block.ts';
export type { TimeUnit } from '../csv/time-unit.ts';

/** Opened files of trades. */
export interface TradeSource {
  /** The files, globs expanded, in reading order. */
  readonly files: readonly string[];
  /** What each file was found to be. */
  readonly layouts: readonly FileLayout[];
  /** Symbols that trades were left out of, and how many rows each had; of text, as far as it was read. */
  readonly others: ReadonlyMap<string, number>;
  /** All trades from the start; the next block is decoded while the consumer works on the current one. */
  blocks(): AsyncGenerator<SourceBlock>;
  /** Gives back what reading took; the source is of no use afterwards. */
  close(): void;
}

/**
 * Opens files of trades: Parquet, or text that is plain, gzip, zstd or in a zip archive of one file or many, told by
 * content. Text is a table, or recorded messages of a venue.
 *
 * Rows that cannot be read as a trade are kept, with NaN in the bad field: the chain counts and reports them. The shape of
 * the file is not negotiable: a missing column, a row with another number of fields, a truncated file, a wrong time unit,
 * numbers written for people, several symbols where none is declared and a file without trades of the instrument are
 * errors that name the file and line. Trades of other symbols, and those that no dump of the venue has, are left out and
 * counted.
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
  if (!options.accept) requireNamed(files, options.instrument);
  const filter = createSymbolFilter(options);
  try {
    const readers: FileReader[] = [];
    for (const file of files) {
      const container = await containerOf(file);
      if (container === 'parquet')
        readers.push(await openParquetTrades((duck ??= await openDuck()), file, options, filter));
      else if (container === 'zip') readers.push(await openArchive(file, options, filter));
      else readers.push(await openText(file, container, options, filter));
    }
    const layouts = readers.map(({ layout }) => layout);
    const inOrder = options.sort === true ? readers.map((reader) => sorted(reader, options.blockRows)) : readers;
    return {
      files,
      layouts,
      others: filter.others,
      blocks: () => prefetched(allBlocks(inOrder, filter, options)),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function openText(
  file: string,
  container: Compression,
  options: InputOptions,
  filter: SymbolFilter,
): Promise<FileReader> {
  if (/\.parquet$/i.test(file)) fail('input', file, 'a Parquet file, which begins with PAR1', 'other bytes');
  const head = await readCsvHead(file, container);
  if (isFrame(head.lines[0] ?? '')) return openFrames(file, container, head.lines, options, filter);
  return openCsvTrades(file, container, head, options, filter);
}

/** The files of an archive, one after the other in the order of their names. */
async function openArchive(file: string, options: InputOptions, filter: SymbolFilter): Promise<FileReader> {
  const members = await zipMembers(file);
  if (members.length === 1) return openText(file, 'zip', options, filter);
  const readers: FileReader[] = [];
  for (const member of members) readers.push(await openText(`${file}/${member}`, 'zip', options, filter));
  return {
    layout: { ...readers[0].layout, file },
    async *blocks() {
      for (const [i, reader] of readers.entries()) {
        for await (const block of reader.blocks()) yield sourceBlock({ ...block, file, member: members[i] });
      }
    },
  };
}

async function* allBlocks(
  readers: readonly FileReader[],
  { others }: SymbolFilter,
  { accept }: InputOptions,
): AsyncGenerator<SourceBlock> {
  const seam = createSeam();
  const settleCoarse = createCoarseSettler();
  for (const reader of readers) {
    let rows = 0;
    for await (const block of reader.blocks()) {
      settleCoarse(block);
      if (rows === 0 && !accept) seam.require(block);
      seam.pass(block.block);
      rows += block.block.length;
      if (block.block.length > 0 || Object.keys(block.leftOut).length > 0) yield block;
    }
    if (rows > 0) continue;
    const { file } = reader.layout;
    if (others.size === 0) fail('input', file, 'trades', 'no trades');
    fail('input', file, "trades of the instrument's symbol", `trades of ${[...others.keys()].slice(0, 20).join(', ')}`);
  }
}
