/** How events get from files into an engine: from trades by the block or one at a time, or from files of bars. */
import type { Feed } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { openBars, type BarBlock } from '../../files/bars-source.ts';
import { expandPaths } from '../../files/paths.ts';
import { createSeam, type SeamTrade } from '../../files/trades/seam.ts';
import { placeOf, type LeftOut, type SourceBlock } from '../../files/trades/source-block.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTradesInThread } from '../../files/trades/trade-thread.ts';
import { describeInputs, rowsSeen, type InputFile, type InputPosition } from '../../store/inputs.ts';
import type { Course } from '../course/options.ts';

/** Names row `row` of what is being pushed. */
export type Place = (row: number) => string;

/** Files are read as they are: a silence may last for years. */
const maxSilence = Infinity;

export interface FeedJob {
  readonly engine: Feed;
  readonly input: SourceOptions;
  /** True: one event at a time, as live. */
  readonly live: boolean;
  /** Stop after so many rows. */
  readonly limit: number;
  /** Inputs that the state to go on from had seen. */
  readonly seen: readonly InputPosition[];
  /** Kept up to date with what is being pushed. */
  readonly current: { place: Place };
  /** The last trade that the state to go on from had seen. */
  readonly last?: SeamTrade | undefined;
  /** Awaited after each block of events. */
  readonly settle: () => Promise<void>;
  readonly course: Course;
}

export interface Fed {
  readonly inputs: readonly InputFile[];
  /** Rows read of each file, by path. */
  readonly rows: ReadonlyMap<string, number>;
  /** Rows of the files that are no trades of the instrument's, by reason. */
  readonly leftOut: LeftOut;
  /** The last trade. */
  readonly last?: SeamTrade | undefined;
}

export async function feedTrades(patterns: readonly string[], job: FeedJob): Promise<Fed> {
  const { engine, seen, current, settle, course } = job;
  const source = await openTradesInThread(patterns, job.input);
  try {
    // Hashed while the trades are read; only a run that goes on from a state has to know the files first.
    const described = describeInputs(source.files, source.layouts);
    described.catch(() => undefined);
    const skip = seen.length > 0 ? rowsSeen(await described, seen) : new Map<string, number>();
    const rows = new Map<string, number>();
    const leftOut: Record<string, number> = {};
    const seam = createSeam(job.last);
    let isBehind = job.last !== undefined && !job.input.accept;
    let left = job.limit;
    for await (const read of source.blocks()) {
      const { block, file } = read;
      for (const [reason, n] of Object.entries(read.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + n;
      const before = rows.get(file) ?? 0;
      const from = Math.min(block.length, Math.max(0, (skip.get(file) ?? 0) - before));
      const to = Math.min(block.length, from + left);
      if (isBehind && from < to) {
        seam.require(read, from);
        isBehind = false;
      }
      if (job.live) pushEach(engine, read, from, to, current);
      else pushAll(engine, read, from, to, current);
      await settle();
      if (from < to) seam.pass(sliceTrades(block, from, to));
      left -= to - from;
      rows.set(file, before + to);
      await course.add(to - from);
      if (left <= 0) break;
    }
    return { inputs: await described, rows, leftOut, last: seam.last() };
  } finally {
    source.close();
  }
}

function pushAll(engine: Feed, read: SourceBlock, from: number, to: number, current: { place: Place }): void {
  if (from >= to) return;
  current.place = (row) => placeOf(read, from + row);
  engine.push(sliceTrades(read.block, from, to), { place: current.place, maxSilence });
}

/** The live path: each trade alone, as a session hands it in. */
function pushEach(engine: Feed, read: SourceBlock, from: number, to: number, current: { place: Place }): void {
  let i = from;
  current.place = () => placeOf(read, i);
  const facts = { place: current.place, maxSilence };
  for (; i < to; i++) engine.push(tradeAt(read.block, i), facts);
}

export async function feedBars(patterns: readonly string[], job: FeedJob): Promise<Fed> {
  const files = expandPaths(patterns);
  const described = await describeInputs(files, []);
  const skip = rowsSeen(described, job.seen);
  const rows = new Map<string, number>();
  let left = job.limit;
  for (const file of files) {
    let read = 0;
    for await (const block of (await openBars(file, job.input)).blocks()) {
      const from = Math.min(block.rows, Math.max(0, (skip.get(file) ?? 0) - read));
      const to = Math.min(block.rows, from + left);
      await pushBars(block, from, to, job);
      left -= to - from;
      read += to;
      rows.set(file, read);
      if (left <= 0) break;
    }
    if (left <= 0) break;
  }
  return { inputs: described, rows, leftOut: {} };
}

async function pushBars(block: BarBlock, from: number, to: number, job: FeedJob): Promise<void> {
  const { engine, current, settle, course } = job;
  let i = from;
  current.place = () => block.place(i);
  const facts = { place: current.place, maxSilence };
  for (; i < to; i++) {
    engine.pushBar(block.at(i), facts);
    await settle();
  }
  await course.add(to - from);
}
