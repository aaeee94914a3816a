/**
 * Files of trades, read and decoded in a thread of their own while this one works. The blocks come through shared memory
 * and in the same order; what reading costs (decompression, decoding, garbage) is paid on another core.
 */
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MinotaurError, type ErrorFacts, type ErrorKind } from 'minotaur-core/internal/base/errors';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { InputOptions } from '../csv/layout.ts';
import { sibling } from '../sibling.ts';
import { BLOCK_ROWS, CHUNK_ROWS, type FileLayout, type SourceBlock } from './source-block.ts';
import type { TradeSource } from './trade-source.ts';

/** Blocks in flight: one in use here, one ready, one being filled. */
const SLOTS = 3;
/** Columns of a trade, then the line or row that it was read from. */
export const SLOT_COLUMNS = ['time', 'id', 'price', 'quantity', 'quoteQuantity', 'side', 'numbers'] as const;
export type Slot = Record<(typeof SLOT_COLUMNS)[number], Float64Array>;

export interface ReadTask {
  readonly patterns: readonly string[];
  readonly options: InputOptions;
  readonly memory: SharedArrayBuffer;
}

/** What the thread is told: a slot may be filled again, or nobody reads on. */
export type ReadRequest = number | 'close';

export type ReadReply =
  | { readonly type: 'opened'; readonly files: readonly string[]; readonly layouts: readonly FileLayout[] }
  | ({ readonly type: 'block'; readonly slot: number; readonly length: number } & Pick<SourceBlock, 'file' | 'unit'>)
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly kind: ErrorKind; readonly facts: ErrorFacts }
  | { readonly type: 'broken'; readonly stack: string };

/** The slots of `memory` as columns, the same on both sides. */
export function slotsOf(memory: SharedArrayBuffer): Slot[] {
  const capacity = memory.byteLength / 8 / SLOT_COLUMNS.length / SLOTS;
  const column = (slot: number, k: number): Float64Array =>
    new Float64Array(memory, (slot * SLOT_COLUMNS.length + k) * capacity * 8, capacity);
  return Array.from(
    { length: SLOTS },
    (_, slot) => Object.fromEntries(SLOT_COLUMNS.map((name, k) => [name, column(slot, k)])) as Slot,
  );
}

/** As `openTrades`, in a thread. Reading begins at once; `blocks` can be asked for once. */
export async function openTradesInThread(
  patterns: readonly string[],
  options: InputOptions = {},
): Promise<TradeSource> {
  const capacity = (options.blockRows ?? BLOCK_ROWS) + CHUNK_ROWS;
  const memory = new SharedArrayBuffer(SLOTS * SLOT_COLUMNS.length * capacity * 8);
  const task: ReadTask = { patterns, options, memory };
  const worker = new Worker(sibling(import.meta.url, 'trade-thread-worker'), { workerData: task });
  const replies = on(worker, 'message', { close: ['exit'] }) as AsyncIterator<[ReadReply]>;
  // Asked, not terminated: DuckDB at work in a thread that is torn down takes the whole process with it.
  const close = (): void => worker.postMessage('close' satisfies ReadRequest);
  const next = async (): Promise<ReadReply> => {
    const { value } = await replies.next();
    const reply: ReadReply = value?.[0] ?? { type: 'broken', stack: 'the reading thread ended before its files did' };
    if (reply.type === 'failed') throw new MinotaurError(reply.kind, reply.facts);
    if (reply.type === 'broken') throw new Error(reply.stack);
    return reply;
  };
  try {
    const opened = await next();
    if (opened.type !== 'opened') throw new Error(`expected the files, found ${opened.type}`);
    return {
      files: opened.files,
      layouts: opened.layouts,
      blocks: () => blocksOf(worker, slotsOf(memory), next),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function* blocksOf(
  worker: Worker,
  slots: readonly Slot[],
  next: () => Promise<ReadReply>,
): AsyncGenerator<SourceBlock> {
  for (let reply = await next(); reply.type === 'block'; reply = await next()) {
    const { slot, length, file, unit } = reply;
    const { numbers, ...columns } = slots[slot];
    const block: TradeBlock = { length, ...columns };
    yield { block, file, unit, numbers };
    worker.postMessage(slot satisfies ReadRequest); // it may be filled again
  }
}
