/** `minotaur build` and `minotaur replay`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { build, replay, type ReplayOptions } from '../../runs/chain/build.ts';
import { buildSymbols, replaySymbols } from '../../runs/chain/symbols.ts';
import type { Manifest, WarmupForecast } from '../../runs.ts';
import { print, type OutputFlags } from '../output.ts';
import { buildSummary } from '../print/build.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';

export type BuildFlags = ReplayOptions & OutputFlags;

export const buildCommand = (flags: BuildFlags): Promise<void> => command(flags, build, buildSymbols);
export const replayCommand = (flags: BuildFlags): Promise<void> => command(flags, replay, replaySymbols);

async function command({ json, ...flags }: BuildFlags, one: typeof build, each: typeof buildSymbols): Promise<void> {
  const trades = splitSymbols(flags.trades);
  const manifests = await watched(async ({ onProgress, clear }) => {
    const onWarmup = (forecast: WarmupForecast): void => {
      clear();
      console.log(forecastLines(forecast).join('\n'));
    };
    if (trades === undefined) return [await one({ ...flags, onProgress, ...(json ? {} : { onWarmup }) })];
    const { bars: _, from, ...options } = flags;
    if (from !== undefined) fail('config', '--from', 'one symbol at a time', `${Object.keys(trades).length} symbols`);
    return each({ ...options, trades, onProgress });
  });
  if (manifests.length === 1) print(manifests[0], json, buildSummary);
  else print(manifests, json, (all: readonly Manifest[]) => all.map(buildSummary).join('\n'));
}

/**
 * `BTCUSDT=btc/*.csv.gz ETHUSDT=eth/*.csv.gz` by symbol; undefined where no argument names one. Mixing both is refused:
 * the trades of two markets in one chain would be nonsense that looks like data.
 */
function splitSymbols(patterns: readonly string[] = []): Record<string, string[]> | undefined {
  const named = patterns.filter((pattern) => /^[A-Za-z0-9_-]+=/.test(pattern));
  if (named.length === 0) return undefined;
  const plain = patterns.find((pattern) => !named.includes(pattern));
  if (plain !== undefined) fail('config', '--trades', 'SYMBOL=GLOB for every input, or for none', `'${plain}'`);
  const bySymbol: Record<string, string[]> = {};
  for (const pattern of named) {
    const at = pattern.indexOf('=');
    (bySymbol[pattern.slice(0, at)] ??= []).push(pattern.slice(at + 1));
  }
  return bySymbol;
}
