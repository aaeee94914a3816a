/**
 * Files of trades, read and decoded in a thread of their own while this one works. The blocks come through shared memory
 * and in the same order; what reading costs (decompression, decoding, garbage) is paid on another core.
 */
import { TRADE_COLUMNS, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { streamFromWorker } from '../../node/worker.ts';
import type { InputOptions } from '../csv/layout.ts';
import { BLOCK_ROWS, CHUNK_ROWS, type SourceBlock } from './source-block.ts';
import { openTrades, type TradeSource } from './trade-source.ts';

/** Blocks in flight: one in use here, one ready, one being filled. */
const SLOTS = 3;
/** Columns of a trade, then the line or row that it was read from. */
const SLOT_COLUMNS = [...TRADE_COLUMNS, 'numbers'] as const;
type Slot = Record<(typeof SLOT_COLUMNS)[number], Float64Array>;

interface ReadTask {
  readonly patterns: readonly string[];
  readonly options: InputOptions;
  readonly memory: SharedArrayBuffer;
}

type Opened = Pick<TradeSource, 'files' | 'layouts'>;
/** A block, whose columns are in a slot of the memory. */
type Filled = { readonly slot: number; readonly length: number } & Pick<SourceBlock, 'file' | 'unit'>;

/** The slots of `memory` as columns, the same on both sides. */
function slotsOf(memory: SharedArrayBuffer): Slot[] {
  const capacity = memory.byteLength / 8 / SLOT_COLUMNS.length / SLOTS;
  const column = (slot: number, k: number): Float64Array =>
    new Float64Array(memory, (slot * SLOT_COLUMNS.length + k) * capacity * 8, capacity);
  return Array.from(
    { length: SLOTS },
    (_, slot) => Object.fromEntries(SLOT_COLUMNS.map((name, k) => [name, column(slot, k)])) as Slot,
  );
}

/** The reading side: says what the files are, then fills one slot after the other. Found by name, in a thread. @public */
export async function* readTrades({ patterns, options, memory }: ReadTask): AsyncGenerator<Opened | Filled> {
  const slots = slotsOf(memory);
  const source = await openTrades(patterns, options);
  try {
    yield { files: source.files, layouts: source.layouts };
    let slot = 0;
    for await (const { block, file, unit, numbers } of source.blocks()) {
      const columns = { ...block, numbers };
      for (const name of SLOT_COLUMNS) slots[slot][name].set(columns[name].subarray(0, block.length));
      yield { slot, length: block.length, file, unit };
      slot = (slot + 1) % SLOTS;
    }
  } finally {
    source.close();
  }
}

/** As `openTrades`, in a thread. Reading begins at once; `blocks` can be asked for once. */
export async function openTradesInThread(
  patterns: readonly string[],
  options: InputOptions = {},
): Promise<TradeSource> {
  const capacity = (options.blockRows ?? BLOCK_ROWS) + CHUNK_ROWS;
  const memory = new SharedArrayBuffer(SLOTS * SLOT_COLUMNS.length * capacity * 8);
  // A slot is filled again when the block that it held is done with, so as many may be under way as there are slots.
  const items = streamFromWorker(import.meta.url, readTrades, { patterns, options, memory }, SLOTS);
  const { files, layouts } = (await items.next()).value as Opened;
  return {
    files,
    layouts,
    blocks: () => blocksOf(items as AsyncGenerator<Filled>, slotsOf(memory)),
    close: items.close,
  };
}

async function* blocksOf(items: AsyncGenerator<Filled>, slots: readonly Slot[]): AsyncGenerator<SourceBlock> {
  for await (const { slot, length, file, unit } of items) {
    const { numbers, ...columns } = slots[slot];
    const block: TradeBlock = { length, ...columns };
    yield { block, file, unit, numbers };
  }
}
