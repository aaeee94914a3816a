/** A store that takes rows as they come, whoever brings them. */
import type { RowSource, SinkBlock } from './sink-rows.ts';

/** Whose rows they are. */
export type RowChain = Omit<RowSource, 'blocks'>;

/** How far a partition of a topic is in a store. */
export interface StorePlace {
  /** Offset of the first message whose rows may not be there. */
  readonly next: number;
  /** What whoever reads the topic has to know of those before it; the store does not look into it. */
  readonly state: string;
}

/** Places of the partitions of a topic. */
export interface StorePlaces {
  readonly topic: string;
  readonly partitions: ReadonlyMap<number, StorePlace>;
}

export interface RowStore {
  /** Where each partition of a topic is; those that nobody has brought are missing. */
  places(topic: string): Promise<ReadonlyMap<number, StorePlace>>;
  /** Rows of a chain that follow each other; the block may be used again afterwards. They may be there before {@link settle}. */
  put(chain: RowChain, block: SinkBlock): Promise<void>;
  /** Resolves once all rows that were put are there; the places then too, and never before the rows. */
  settle(places?: StorePlaces): Promise<void>;
  /** Rows that were new so far; undefined where the store does not tell. */
  written(): number | undefined;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** What is there of an epoch from the first row that is put of it on goes; otherwise a row of other bits is refused. */
  readonly replace?: boolean | undefined;
  /** Milliseconds that a server may take for an answer; absent: as long as one that is well may take, which for many rows is long. */
  readonly answerMs?: number | undefined;
  /** Once aborted the connection to a server is dropped, opened or not: what it has not answered rejects. */
  readonly dropped?: AbortSignal | undefined;
}

/** Sends the rows of a source; gives how many. */
export async function putRows(
  store: RowStore,
  source: RowSource,
  told: (rows: number) => Promise<void>,
): Promise<number> {
  let rows = 0;
  for await (const block of source.blocks()) {
    await store.put(source, block);
    rows += block.count;
    await told(block.count);
  }
  return rows;
}

/** The same, of one source alone, into a store that is closed behind it. */
export async function sendRows(
  opening: Promise<RowStore>,
  source: RowSource,
  told: (rows: number) => Promise<void>,
): Promise<{ readonly rows: number; readonly written: number | undefined }> {
  const store = await opening;
  try {
    const rows = await putRows(store, source, told);
    await store.settle();
    return { rows, written: store.written() };
  } finally {
    await store.close();
  }
}
