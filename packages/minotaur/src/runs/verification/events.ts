/** Events of files in stretches, as checks go through them. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { barTelling, openBars } from '../../files/bars-source.ts';
import { expandPaths } from '../../files/paths.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { plainTurns } from '../../verify/harness/file-turns.ts';
import { reachOf } from '../../verify/harness/reach.ts';
import { cutTurns } from '../../verify/harness/several-stretch.ts';
import { longestSpan, stretchEnd } from '../../verify/harness/span.ts';
import { barStretch, STRETCH, tradeStretch, type Stretch } from '../../verify/harness/stretch.ts';
import { runFiles, type Files, type RunFiles } from '../chain/run-files.ts';
import { feedsOf, openSources, turnsOf } from '../chain/sources.ts';
import { checkpoint } from '../course/options.ts';

/** What is read: as of {@link runFiles}. */
export interface EventFiles {
  readonly trades?: Files | undefined;
  readonly bars?: Files | undefined;
  readonly series?: Files | undefined;
  /** Only the first so many. */
  readonly limit?: number | undefined;
}

/** The events from the start; the way ends where the run is aborted. */
export async function* readStretches(
  { trades, bars, series, limit = Infinity }: EventFiles,
  plan: Plan,
  inputs: Readonly<Record<string, SourceOptions>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Stretch> {
  // What was learned is checked without events.
  if (trades === undefined && bars === undefined) return;
  const files = runFiles({ trades, bars, series }, plan);
  const given = Object.entries(files.bars);
  if (!isPlain(files, plan)) {
    yield* stretchesOfFiles(files, plan, { inputs, limit, signal });
    return;
  }
  const [instrument] = plan.instruments;
  const input = inputs[instrument.name];
  const blocks =
    given.length === 0 ? tradeBlocks(files.trades[instrument.name], input) : barBlocks(given[0][1], given[0][0], input);
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

/** Whether all events are trades of one instrument, or bars of one clock: nothing is merged. */
export const isPlain = ({ trades, bars, series }: RunFiles, { instruments }: Plan): boolean =>
  instruments.length === 1 && [trades, bars, series].flatMap((each) => Object.keys(each)).length === 1;

interface ReadOptions {
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  /** Of trades. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

/** The events of several sources from the start, merged by time as a run reads them. */
async function* stretchesOfFiles(
  files: RunFiles,
  plan: Plan,
  { inputs, limit, signal }: ReadOptions,
): AsyncGenerator<Stretch> {
  const sources = await openSources({ plan, files, inputs, begin: async () => ({}) });
  try {
    const feeds = feedsOf(plan, sources, () => 0);
    const cuts = { reach: reachOf(plan), span: longestSpan(plan) };
    for await (const stretch of cutTurns(plainTurns(turnsOf(plan, sources, feeds, { limit })), cuts)) {
      await checkpoint(signal);
      yield stretch;
    }
  } finally {
    sources.close();
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

async function* barBlocks(
  patterns: readonly string[],
  clock: string,
  input: SourceOptions,
): AsyncGenerator<EventBlock> {
  const telling = barTelling(input);
  for (const file of expandPaths(patterns)) {
    const source = await openBars(file, input, telling);
    for await (const { rows, columns, at } of source.blocks()) {
      const stretch = (from: number, to: number): Stretch =>
        barStretch(
          Array.from({ length: to - from }, (_, i) => at(from + i)),
          clock,
        );
      yield { length: rows, timeOf: (i) => columns['close_time'][i], stretch };
    }
  }
}
