/** What every reader of trades gives. */
import type { EventFacts } from 'minotaur-core/internal/chain/contract';
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { SideMeaning } from 'minotaur-core/internal/trades/venues/profile';
import type { TimeUnit } from '../csv/time-unit.ts';
import type { Container } from '../csv/text-file.ts';

/** Trades of one file. Its arrays are reused: they are valid until the next block is asked for. */
export interface SourceBlock {
  /** The trades. */
  readonly block: TradeBlock;
  /** Its path. */
  readonly file: string;
  /** Within an archive of several: which. */
  readonly member?: string | undefined;
  /** What the file counts in, from 1. */
  readonly unit: 'line' | 'row';
  /** Which line or row of the file each trade is. */
  readonly numbers: Float64Array;
  /** The word for the side of each trade that has one which is not known; its side is 0. */
  readonly words: ReadonlyMap<number, string>;
  /** The source's own turnover of each trade, where the files are inspected and have a column for it. */
  readonly quote?: Float64Array | undefined;
  /** Rows whose time is in whole seconds, while the venue's stream has it finer; see coarse.ts. */
  readonly coarse?: readonly number[] | undefined;
  /** Trades that were left out since the block before, by reason. */
  readonly leftOut: LeftOut;
  /** To be handed to `push` with the block: it names the place of a trade that is refused, and a silence may last for years. */
  readonly facts: EventFacts;
}

/** Trades of a file with what is known of them. */
export function sourceBlock(parts: Omit<SourceBlock, 'facts'>): SourceBlock {
  return { ...parts, facts: { maxSilence: Infinity, place: (row) => placeOf(parts, row) } };
}

/** How many trades were left out, by reason: those of other symbols, those that no dump has. */
export type LeftOut = Readonly<Record<string, number>>;

/** Where trade `i` of the block stands: `trades.csv.gz line 123`, `trades.parquet row 123`, with a word that is not known. */
export function placeOf(
  { file, member, unit, numbers, words }: Omit<SourceBlock, 'block' | 'leftOut' | 'facts'>,
  i: number,
): string {
  const word = words.get(i);
  const path = member === undefined ? file : `${file}/${member}`;
  // A trade that waited to be put in order came with a block before.
  if (i < 0) return `${path} before ${unit} ${numbers[0]}`;
  return `${path} ${unit} ${numbers[i]}${word === undefined ? '' : `, side "${word}"`}`;
}

/** What was found out about a file, to be stated to its owner. */
export interface FileLayout {
  /** Its path. */
  readonly file: string;
  /** `binance trades`, `tardis trades`, `generic`, ... */
  readonly layout: string;
  /** False: the columns were told by their shape. */
  readonly header: boolean;
  /** Of its times, as configured or told by their size; of messages it is what their venue has. */
  readonly timeUnit: TimeUnit | "the venue's unit";
  /** What it is packed in, told by its first bytes. */
  readonly container: Container;
  /** The profile of the venue that it names, where it names one. */
  readonly venue?: string;
  /** The symbol of its first trade of the instrument, where its rows or messages have one. */
  readonly symbol?: string;
  /** Which column is which field, by its name, or by its place from 1 on where there is no header; absent for messages. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Its other columns, which nobody looks at; absent for messages. */
  readonly unread?: readonly string[];
  /** Whose side its sides are; absent where it has none, or messages, which say it themselves. */
  readonly sideMeans?: SideMeaning;
  /** Rows in it, where the file says so. */
  readonly rows?: number;
}

/** An opened file: what it is, and its trades from the start. */
export interface FileReader {
  readonly layout: FileLayout;
  blocks(): AsyncGenerator<SourceBlock>;
}

/** What a reader fills and hands out: a block of trades, and beside it what a SourceBlock says of each. */
export interface Page {
  readonly block: TradeBlock;
  readonly numbers: Float64Array;
  readonly words: Map<number, string>;
  readonly coarse: number[];
  readonly quote: Float64Array | undefined;
}

/** Two pages in turn, with room for `capacity` trades; the one that is asked for is empty. `create`: where their blocks come from. */
export function pagesOf(capacity: number, { quote = false, create = createTradeBlock } = {}): () => Page {
  const next = alternating<Page>(() => ({
    block: create(capacity),
    numbers: new Float64Array(capacity),
    words: new Map(),
    coarse: [],
    quote: quote ? new Float64Array(capacity) : undefined,
  }));
  return () => {
    const page = next();
    page.block.length = 0;
    page.words.clear();
    page.coarse.length = 0;
    return page;
  };
}

/** Counts what is left out, until it is taken. */
export interface LeftOutCounts {
  add(reason: string): void;
  /** The counts, which begin anew. */
  take(): LeftOut;
}

export function countLeftOut(): LeftOutCounts {
  let counts: Record<string, number> = {};
  return {
    add: (reason) => (counts[reason] = (counts[reason] ?? 0) + 1),
    take() {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
}

export const BLOCK_ROWS = 32_768;
/** Rows by which a reader of Parquet may exceed a block: those of one DuckDB chunk. */
export const CHUNK_ROWS = 2048;

/** Two values taken in turn, so that one can be filled while the consumer works on the other. */
function alternating<T>(create: () => T): () => T {
  const pair = [create(), create()];
  let turn = 0;
  return () => pair[(turn ^= 1)];
}

/**
 * The items of `source`, the next one under way while the consumer works on the current one. At most two are alive:
 * a source that reuses buffers needs two.
 */
export async function* prefetched<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const next = source.next();
    next.catch(() => undefined); // a failure waits for its turn; without this it would be an unhandled rejection
    return next;
  };
  try {
    let pending = ask();
    for (;;) {
      const current = await pending;
      if (current.done === true) return;
      pending = ask();
      yield current.value;
    }
  } finally {
    await source.return(undefined).catch(() => undefined);
  }
}
