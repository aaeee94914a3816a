/** What every reader of trades gives. */
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { TimeUnit } from '../csv/time-unit.ts';
import type { Container } from '../csv/text-stream.ts';

/** Trades of one file. Its arrays are reused: they are valid until the next block is asked for. */
export interface SourceBlock {
  /** The trades. */
  readonly block: TradeBlock;
  /** Its path. */
  readonly file: string;
  /** What the file counts in, from 1. */
  readonly unit: 'line' | 'row';
  /** Which line or row of the file each trade is. */
  readonly numbers: Float64Array;
}

/** Where trade `i` of the block stands: `trades.csv.gz line 123`, `trades.parquet row 123`. */
export function placeOf({ file, unit, numbers }: Omit<SourceBlock, 'block'>, i: number): string {
  return `${file} ${unit} ${numbers[i]}`;
}

/** What was found out about a file, to be stated to its owner. */
export interface FileLayout {
  /** Its path. */
  readonly file: string;
  /** `binance trades`, `tardis trades`, `generic`, ... */
  readonly layout: string;
  /** False: the columns were told by their shape. */
  readonly header: boolean;
  /** Of its times, as configured or told by their size. */
  readonly timeUnit: TimeUnit;
  /** What it is packed in, told by its first bytes. */
  readonly container: Container;
  /** Rows in it, where the file says so. */
  readonly rows?: number;
}

/** An opened file: what it is, and its trades from the start. */
export interface FileReader {
  readonly layout: FileLayout;
  blocks(): AsyncGenerator<SourceBlock>;
}

export const BLOCK_ROWS = 32_768;
/** Rows by which a reader of Parquet may exceed a block: those of one DuckDB chunk. */
export const CHUNK_ROWS = 2048;

/** Two values taken in turn, so that one can be filled while the consumer works on the other. */
export function alternating<T>(create: () => T): () => T {
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
