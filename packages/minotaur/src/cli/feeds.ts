/** How events get from files into an engine: from trades by the block or one at a time, or from files of bars. */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { readBars } from '../files/bars-source.ts';
import { expandPaths } from '../files/paths.ts';
import { placeOf, type SourceBlock } from '../files/trades/source-block.ts';
import { openTradesInThread } from '../files/trades/trade-thread.ts';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import type { ChainRunOptions } from './chain-options.ts';
import { describeInputs, rowsSeen, type InputFile } from './inputs.ts';
import { createProgress } from './progress.ts';
import type { InputPosition } from './state-file.ts';

/** Names row `row` of what is being pushed. */
export type Place = (row: number) => string;

export interface FeedJob {
  readonly engine: Engine;
  readonly options: ChainRunOptions;
  /** Inputs that the state to go on from had seen. */
  readonly seen: readonly InputPosition[];
  /** Kept up to date with what is being pushed. */
  readonly current: { place: Place };
  /** Awaited after each block of events. */
  readonly settle: () => Promise<void>;
}

export interface Fed {
  readonly inputs: readonly InputFile[];
  /** Rows read of each file, by path. */
  readonly rows: ReadonlyMap<string, number>;
}

export async function feedTrades({ engine, options, seen, current, settle }: FeedJob): Promise<Fed> {
  const source = await openTradesInThread(options.trades ?? [], options.config.input);
  const progress = createProgress(options.label, 0);
  try {
    // Hashed while the trades are read; only a run that goes on from a state has to know the files first.
    const described = describeInputs(source.files, source.layouts);
    described.catch(() => undefined);
    const skip = seen.length > 0 ? rowsSeen(await described, seen) : new Map<string, number>();
    const rows = new Map<string, number>();
    let left = options.limit ?? Infinity;
    for await (const read of source.blocks()) {
      const { block, file } = read;
      const before = rows.get(file) ?? 0;
      const from = Math.min(block.length, Math.max(0, (skip.get(file) ?? 0) - before));
      const to = Math.min(block.length, from + left);
      if (options.live) pushEach(engine, read, from, to, current);
      else pushAll(engine, read, from, to, current);
      await settle();
      left -= to - from;
      rows.set(file, before + to);
      progress.add(to - from);
      if (left <= 0) break;
    }
    return { inputs: await described, rows };
  } finally {
    progress.stop();
    source.close();
  }
}

function pushAll(engine: Engine, read: SourceBlock, from: number, to: number, current: { place: Place }): void {
  if (from >= to) return;
  current.place = (row) => placeOf(read, from + row);
  engine.push(sliceTrades(read.block, from, to), current);
}

/** The live path: each trade alone, as a session hands it in. */
function pushEach(engine: Engine, read: SourceBlock, from: number, to: number, current: { place: Place }): void {
  let i = from;
  current.place = () => placeOf(read, i);
  for (; i < to; i++) engine.push(tradeAt(read.block, i), current);
}

export async function feedBars({ engine, options, seen, current, settle }: FeedJob): Promise<Fed> {
  const files = expandPaths(options.bars ?? []);
  const described = await describeInputs(files, []);
  const skip = rowsSeen(described, seen);
  const rows = new Map<string, number>();
  let left = options.limit ?? Infinity;
  for (const file of files) {
    const bars = await readBarRows(file, options.config.input);
    const from = Math.min(bars.rows, skip.get(file) ?? 0);
    const to = Math.min(bars.rows, from + left);
    current.place = bars.place;
    for (let i = from; i < to; i++) {
      engine.pushBar(bars.at(i));
      await settle();
    }
    left -= to - from;
    rows.set(file, to);
    if (left <= 0) break;
  }
  return { inputs: described, rows };
}

/** Bars of a file, one at a time. */
export async function readBarRows(file: string, options: ChainRunOptions['config']['input']) {
  const { columns, rows, place } = await readBars(file, options);
  const entries = Object.entries(columns);
  const at = (i: number): GivenBar =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[i]])) as GivenBar;
  return { rows, place, at };
}
