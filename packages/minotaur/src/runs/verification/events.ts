/** Events of files in stretches, as checks go through them. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { openBars } from '../../files/bars-source.ts';
import { expandPaths } from '../../files/paths.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { reachOf } from '../../verify/harness/reach.ts';
import { cutTurns } from '../../verify/harness/several-stretch.ts';
import { longestSpan, stretchEnd } from '../../verify/harness/span.ts';
import { barStretch, STRETCH, tradeStretch, type Stretch } from '../../verify/harness/stretch.ts';
import type { Turn } from '../../verify/harness/turns.ts';
import { checkpoint } from '../course/options.ts';

export interface EventFiles {
  readonly trades?: readonly string[] | undefined;
  readonly bars?: readonly string[] | undefined;
  /** Only the first so many. */
  readonly limit?: number | undefined;
}

/** The events from the start; the way ends where the run is aborted. */
export async function* readStretches(
  { trades, bars, limit = Infinity }: EventFiles,
  plan: Plan,
  input: SourceOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Stretch> {
  // What was learned is checked without events.
  if (trades === undefined && bars === undefined) return;
  const blocks = bars === undefined ? tradeBlocks(trades ?? [], input) : barBlocks(bars, input);
  const span = longestSpan(plan);
  let left = limit;
  let reached = NaN;
  for await (const { length, timeOf, stretch } of blocks) {
    const end = Math.min(length, left);
    for (let from = 0; from < end;) {
      const to = stretchEnd(timeOf, { from, end, events: STRETCH }, reached, span);
      await checkpoint(signal);
      yield stretch(from, to);
      reached = timeOf(to - 1);
      from = to;
    }
    left -= end;
    if (left <= 0) return;
  }
}

/** What a reader that merges the files of several instruments gives; its blocks are used again. */
type FileTurn =
  | {
      readonly kind: 'trades';
      readonly instrument: string;
      readonly read: { readonly block: TradeBlock };
      readonly from: number;
      readonly to: number;
    }
  | Exclude<Turn, { kind: 'trades' }>;

/** The events of several instruments from the start, in the order of their reader; `limit` is of trades. @public */
export async function* stretchesOfTurns(
  turns: AsyncIterable<FileTurn>,
  plan: Plan,
  limit = Infinity,
  signal?: AbortSignal,
): AsyncGenerator<Stretch> {
  const cuts = { reach: reachOf(plan), span: longestSpan(plan) };
  for await (const stretch of cutTurns(firstTurns(turns, limit), cuts)) {
    await checkpoint(signal);
    yield stretch;
  }
}

async function* firstTurns(turns: AsyncIterable<FileTurn>, limit: number): AsyncGenerator<Turn> {
  let left = limit;
  for await (const turn of turns) {
    if (turn.kind !== 'trades') yield turn;
    else {
      const { kind, instrument, read, from, to } = turn;
      yield { kind, instrument, block: sliceTrades(read.block, from, Math.min(to, from + left)) };
      left -= to - from;
    }
    if (left <= 0) return;
  }
}

/** Events as they come from a file. */
interface EventBlock {
  readonly length: number;
  timeOf(i: number): number;
  stretch(from: number, to: number): Stretch;
}

async function* tradeBlocks(patterns: readonly string[], input: SourceOptions): AsyncGenerator<EventBlock> {
  const source = await openTrades(patterns, input);
  try {
    for await (const { block } of source.blocks()) {
      const stretch = (from: number, to: number): Stretch => tradeStretch(sliceTrades(block, from, to));
      yield { length: block.length, timeOf: (i) => block.time[i], stretch };
    }
  } finally {
    source.close();
  }
}

async function* barBlocks(patterns: readonly string[], input: SourceOptions): AsyncGenerator<EventBlock> {
  for (const file of expandPaths(patterns)) {
    const source = await openBars(file, input);
    for await (const { rows, columns, at } of source.blocks()) {
      const stretch = (from: number, to: number): Stretch =>
        barStretch(Array.from({ length: to - from }, (_, i) => at(from + i)));
      yield { length: rows, timeOf: (i) => columns['close_time'][i], stretch };
    }
  }
}
