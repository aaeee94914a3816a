/** Trades from files, in the order of the files and of their rows, in bounded memory. */
import { requireKind } from 'minotaur-core/internal/base/options';
import { READ_TRADES } from '../reading-options.ts';
import { openDuck } from '../parquet/duck.ts';
import type { Duck } from '../parquet/duck.ts';
import type { InputOptions } from '../csv/layout.ts';
import { columnsAhead, isMuch } from '../parquet/columns-ahead.ts';
import type { FileHash } from '../parquet/file-hashes.ts';
import { openFlatTrades, type FlatReader } from '../parquet/flat-trades.ts';
import { openParquetTrades } from '../parquet/parquet-trades.ts';
import { prepareAhead } from '../parquet/prepare-ahead.ts';
import { expandPaths } from '../paths.ts';
import { requireNamed } from './file-symbol.ts';
import { createSymbolFilter } from './symbol-filter.ts';
import { zipMembers } from '../zip.ts';
import type { FileReader } from './source-block.ts';
import { openArchive, openText, sourceOf, type TradeSource } from './text-trades.ts';
import { containerOf, textFileOf } from '../csv/text-stream.ts';

export type { ColumnMapping, InputOptions, SideMeaning } from '../csv/layout.ts';
export type { DecimalMark } from '../csv/number-format.ts';
export type { FileLayout, LeftOut, SourceBlock } from './source-block.ts';
export type { TradeSource } from './text-trades.ts';
export type { TimeUnit } from '../csv/time-unit.ts';

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
  requireKind('openTrades', READ_TRADES, options);
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
        readers.push(await openParquetTrades(async () => (duck ??= await openDuck()), file, options, filter));
      else if (container === 'zip') {
        const member = (path: string) => textFileOf(path, 'zip');
        readers.push(await openArchive(file, await zipMembers(file), member, options, filter));
      } else readers.push(await openText(textFileOf(file, container), options, filter));
    }
    return { files, ...sourceOf(readers, filter, options), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Trades of files whose hashes are made beside them. */
export interface HashedSource extends TradeSource {
  /** Those of the files, in order; undefined where nobody has made them. */
  hashes(signal?: AbortSignal): Promise<readonly FileHash[] | undefined>;
}

/**
 * The same where all files are Parquet that is decoded here: their columns are decoded ahead of whoever reads. Undefined where
 * one is not, or they are to be sorted.
 * @throws {MinotaurError} of kind `input`
 */
export async function openFlatSource(
  patterns: readonly string[],
  options: InputOptions,
): Promise<HashedSource | undefined> {
  if (options.sort) return undefined;
  const files = expandPaths(patterns);
  if (!options.accept) requireNamed(files, options.instrument);
  const readers: FlatReader[] = [];
  for (const file of files) {
    const reader = (await containerOf(file)) === 'parquet' ? openFlatTrades(file, options) : undefined;
    if (reader === undefined) return undefined;
    readers.push(reader);
  }
  const flats = readers.map(({ flat }) => flat);
  const ahead = columnsAhead(flats, isMuch(flats));
  const own = readers.map(({ layout, blocks }) => ({ layout, blocks: () => blocks(ahead) }));
  return { files, ...sourceOf(own, createSymbolFilter(options), options), close: ahead.close, hashes: ahead.hashes };
}

/** Begins what reading these files will take; see {@link prepareAhead}. Whoever opens them says what is wrong with their names. */
export function prepareReading(patterns: readonly string[]): void {
  let files: readonly string[];
  try {
    files = expandPaths(patterns);
  } catch {
    return;
  }
  prepareAhead(files);
}
