/**
 * Files of trades, read and decoded in a thread of their own while this one works. The blocks come through shared memory
 * and in the same order; what reading costs (decompression, decoding, garbage) is paid on another core. Parquet that is decoded
 * column by column is shared out between that thread and this one.
 */
import { setImmediate } from 'node:timers/promises';
import { requireKind } from 'minotaur-core/internal/base/options';
import { appendTrades, tradeBlockBytes, tradeBlockIn, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { READ_TRADES } from '../reading-options.ts';
import { streamFromWorker } from '../../node/worker.ts';
import type { InputOptions } from '../csv/layout.ts';
import type { FileHash } from '../parquet/file-hashes.ts';
import { BLOCK_ROWS, CHUNK_ROWS, sourceBlock, type SourceBlock } from './source-block.ts';
import { openFlatSource, openTrades, type TradeSource } from './trade-source.ts';

/** Blocks in flight: one in use here, one ready, one being filled. */
const SLOTS = 3;
/** Trades, and the line or row that each was read from. */
interface Slot {
  readonly block: TradeBlock;
  readonly numbers: Float64Array;
}

const slotBytes = (capacity: number): number => tradeBlockBytes(capacity) + 8 * capacity;

interface ReadTask {
  readonly patterns: readonly string[];
  readonly options: InputOptions;
  readonly memory: SharedArrayBuffer;
}

type Opened = Pick<TradeSource, 'files' | 'layouts'>;
/** A block, whose columns are in a slot of the memory. */
type Filled = { readonly slot: number; readonly length: number } & Omit<SourceBlock, 'block' | 'numbers' | 'facts'>;

/** The slots of `memory` as columns, the same on both sides. */
function slotsOf(memory: SharedArrayBuffer): Slot[] {
  const capacity = memory.byteLength / SLOTS / slotBytes(1);
  return Array.from({ length: SLOTS }, (_, slot) => {
    const at = slot * slotBytes(capacity);
    const numbers = new Float64Array(memory, at + tradeBlockBytes(capacity), capacity);
    return { block: tradeBlockIn(memory, at, capacity), numbers };
  });
}

/** The reading side: says what the files are, then fills one slot after the other. Found by name, in a thread. @public */
export async function* readTrades({ patterns, options, memory }: ReadTask): AsyncGenerator<Opened | Filled> {
  const slots = slotsOf(memory);
  const source = await openTrades(patterns, options);
  try {
    yield { files: source.files, layouts: source.layouts };
    let slot = 0;
    for await (const { block, numbers, facts: _, ...rest } of source.blocks()) {
      slots[slot].block.length = 0;
      appendTrades(slots[slot].block, block);
      slots[slot].numbers.set(numbers.subarray(0, block.length));
      yield { slot, length: block.length, ...rest };
      slot = (slot + 1) % SLOTS;
    }
  } finally {
    source.close();
  }
}

/** Files of trades that are read in a thread. */
export interface ThreadedTrades extends Omit<TradeSource, 'others'> {
  /** SHA-256 and size of each file, in order, where the thread makes them beside reading; undefined where it does not, or is told to stop. */
  hashes(signal?: AbortSignal): Promise<readonly FileHash[] | undefined>;
}

/** As `openTrades`, with a thread that reads ahead. Reading begins at once; `blocks` can be asked for once. */
export async function openTradesInThread(
  patterns: readonly string[],
  options: InputOptions = {},
): Promise<ThreadedTrades> {
  requireKind('openTradesInThread', READ_TRADES, options);
  const shared = await openFlatSource(patterns, options);
  if (shared !== undefined) return { ...shared, blocks: () => letIn(shared) };
  const capacity = (options.blockRows ?? BLOCK_ROWS) + CHUNK_ROWS;
  const memory = new SharedArrayBuffer(SLOTS * slotBytes(capacity));
  // A slot is filled again when the block that it held is done with, so as many may be under way as there are slots.
  const items = streamFromWorker(import.meta.url, { readTrades }, { patterns, options, memory }, SLOTS, 'small');
  const { files, layouts } = (await items.next()).value as Opened;
  return {
    files,
    layouts,
    blocks: () => blocksOf(items as AsyncGenerator<Filled>, slotsOf(memory)),
    hashes: () => Promise.resolve(undefined),
    close: items.close,
  };
}

/** Its blocks; between them what else this process has to do gets its turn, as it would with a thread to wait for. */
async function* letIn(source: TradeSource): AsyncGenerator<SourceBlock> {
  try {
    for await (const block of source.blocks()) {
      yield block;
      await setImmediate();
    }
  } finally {
    source.close();
  }
}

async function* blocksOf(items: AsyncGenerator<Filled>, slots: readonly Slot[]): AsyncGenerator<SourceBlock> {
  for await (const { slot, length, ...rest } of items) {
    const { block, numbers } = slots[slot];
    block.length = length;
    yield sourceBlock({ ...rest, block, numbers });
  }
}
