/** Events of files in stretches, as checks go through them. */
import type { Config } from 'minotaur-core/internal/config/config';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { openBars } from '../../files/bars-source.ts';
import { expandPaths } from '../../files/paths.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { barStretch, cutTrades, STRETCH, type Stretch } from '../../verify/harness/stretch.ts';
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
  { input }: Config,
  signal: AbortSignal | undefined,
): AsyncGenerator<Stretch> {
  const stretches = bars === undefined ? tradeStretches(trades, input, limit) : barStretches(bars, input, limit);
  for await (const stretch of stretches) {
    await checkpoint(signal);
    yield stretch;
  }
}

async function* tradeStretches(
  patterns: readonly string[] | undefined,
  input: Config['input'],
  limit: number,
): AsyncGenerator<Stretch> {
  // What was learned is checked without events.
  if (patterns === undefined) return;
  const source = await openTrades(patterns, input);
  let left = limit;
  try {
    for await (const { block } of source.blocks()) {
      const length = Math.min(block.length, left);
      yield* cutTrades(sliceTrades(block, 0, length));
      left -= length;
      if (left <= 0) return;
    }
  } finally {
    source.close();
  }
}

async function* barStretches(
  patterns: readonly string[],
  input: Config['input'],
  limit: number,
): AsyncGenerator<Stretch> {
  let left = limit;
  for (const file of expandPaths(patterns)) {
    const { rows, at } = await openBars(file, input);
    const length = Math.min(rows, left);
    for (let from = 0; from < length; from += STRETCH) {
      const count = Math.min(STRETCH, length - from);
      yield barStretch(Array.from({ length: count }, (_, i) => at(from + i)));
    }
    left -= length;
    if (left <= 0) return;
  }
}
