/** Trades from text tables, wherever their bytes lie: what is common to files of a disk and those that a browser was handed. */
import { fail } from 'minotaur-core/internal/base/errors';
import { readCsvHead } from '../csv/csv.ts';
import { openCsvTrades } from '../csv/csv-trades.ts';
import type { InputOptions } from '../csv/layout.ts';
import type { TextFile } from '../csv/text-file.ts';
import { createCoarseSettler } from './coarse.ts';
import { isFrame, openFrames } from './frames-trades.ts';
import { requireFirstRows } from './first-rows.ts';
import { isSteady } from './is-steady.ts';
import { createOnce } from './once.ts';
import { requireOneUnit } from './one-unit.ts';
import { createSeam } from './seam.ts';
import { sorted } from './sorted.ts';
import { prefetched, sourceBlock, type FileLayout, type FileReader, type SourceBlock } from './source-block.ts';
import type { SymbolFilter } from './symbol-filter.ts';

/** Opened files of trades. */
export interface TradeSource {
  /** The files, globs expanded, in reading order. */
  readonly files: readonly string[];
  /** What each file was found to be. */
  readonly layouts: readonly FileLayout[];
  /** Symbols that trades were left out of, and how many rows each had; of text, as far as it was read. */
  readonly others: ReadonlyMap<string, number>;
  /** All trades from the start; the next block is decoded while the consumer works on the current one, where that can be. */
  blocks(): AsyncGenerator<SourceBlock>;
  /** Gives back what reading took; the source is of no use afterwards. */
  close(): void;
}

/** What readers of files give, one after the other. */
export function sourceOf(
  readers: readonly FileReader[],
  filter: SymbolFilter,
  options: InputOptions,
): Pick<TradeSource, 'layouts' | 'others' | 'blocks'> {
  const inOrder = options.sort === true ? readers.map((reader) => sorted(reader, options.blockRows)) : readers;
  const blocks = () => allBlocks(inOrder, filter, options);
  return {
    layouts: readers.map(({ layout }) => layout),
    others: filter.others,
    blocks: inOrder.every(({ isAtOnce }) => isAtOnce) ? blocks : () => prefetched(blocks()),
  };
}

/** A table, or recorded messages of a venue. */
export async function openText(text: TextFile, options: InputOptions, filter: SymbolFilter): Promise<FileReader> {
  if (/\.parquet$/i.test(text.file)) fail('input', text.file, 'a Parquet file, which begins with PAR1', 'other bytes');
  const head = await readCsvHead(text);
  if (isFrame(head.lines[0] ?? '')) return openFrames(text, head.lines, options, filter);
  return openCsvTrades(text, head, options, filter);
}

/** The files of an archive, one after the other in the order of their names. */
export async function openArchive(
  file: string,
  members: readonly string[],
  textOf: (path: string) => TextFile,
  options: InputOptions,
  filter: SymbolFilter,
): Promise<FileReader> {
  if (members.length === 1) return openText(textOf(file), options, filter);
  const readers: FileReader[] = [];
  for (const member of members) readers.push(await openText(textOf(`${file}/${member}`), options, filter));
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
  { accept, inspect, instrument }: InputOptions,
): AsyncGenerator<SourceBlock> {
  const seam = createSeam(undefined, inspect !== true && isSteady(instrument));
  const settleCoarse = createCoarseSettler();
  for (const reader of readers) {
    let rows = 0;
    const { file } = reader.layout;
    const once = accept ? undefined : createOnce(file);
    for await (const block of reader.blocks()) {
      settleCoarse(block);
      if (rows === 0 && !accept) {
        seam.require(block);
        requireFirstRows(block, { layout: reader.layout, instrument });
      }
      // An inspection finds them itself, among its holes.
      if (!accept && inspect !== true) seam.requireWithin(block);
      if (!accept) requireOneUnit(block, reader.layout.timeUnit);
      seam.pass(block.block);
      once?.pass(block.block);
      rows += block.block.length;
      if (block.block.length > 0 || Object.keys(block.leftOut).length > 0) yield block;
    }
    once?.require();
    if (rows > 0) continue;
    if (others.size === 0) fail('input', file, 'trades', 'no trades');
    fail('input', file, "trades of the instrument's symbol", `trades of ${[...others.keys()].slice(0, 20).join(', ')}`);
  }
}
