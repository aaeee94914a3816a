/** `minotaur build` and `minotaur replay`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { build, replay, type ReplayOptions } from '../../runs/chain/build.ts';
import { buildSymbols, replaySymbols } from '../../runs/chain/symbols.ts';
import type { Manifest, WarmupForecast } from '../../runs.ts';
import { namedTrades } from '../named-trades.ts';
import { print, type OutputFlags } from '../output.ts';
import { buildSummary } from '../print/build.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';

export type BuildFlags = ReplayOptions & OutputFlags;

export const buildCommand = (flags: BuildFlags): Promise<void> => command(flags, build, buildSymbols);
export const replayCommand = (flags: BuildFlags): Promise<void> => command(flags, replay, replaySymbols);

async function command({ json, ...flags }: BuildFlags, one: typeof build, each: typeof buildSymbols): Promise<void> {
  const trades = namedTrades(flags.trades);
  const manifests = await watched(async ({ onProgress, clear, signal }) => {
    const onWarmup = (forecast: WarmupForecast): void => {
      clear();
      console.log(forecastLines(forecast).join('\n'));
    };
    if (trades === undefined) return [await one({ ...flags, onProgress, signal, ...(json ? {} : { onWarmup }) })];
    const { bars: _, from, ...options } = flags;
    if (from !== undefined) fail('config', '--from', 'one symbol at a time', `${Object.keys(trades).length} symbols`);
    return each({ ...options, trades, onProgress, signal });
  });
  if (manifests.length === 1) print(manifests[0], json, buildSummary);
  else print(manifests, json, (all: readonly Manifest[]) => all.map(buildSummary).join('\n'));
}
