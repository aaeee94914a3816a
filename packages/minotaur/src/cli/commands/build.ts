/** `minotaur build` and `minotaur replay`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { build, replay, type ReplayOptions } from '../../runs/chain/build.ts';
import { buildSymbols, replaySymbols } from '../../runs/chain/symbols.ts';
import type { Manifest, WarmupForecast } from '../../runs.ts';
import { resolveConfig } from '../../files/config-file.ts';
import { namedFiles } from '../named-files.ts';
import { print, type OutputFlags } from '../output.ts';
import { buildSummary } from '../print/build.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';

export interface BuildFlags extends Omit<ReplayOptions, 'trades' | 'bars'>, OutputFlags {
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
}

export const buildCommand = (flags: BuildFlags): Promise<void> => command(flags, build, buildSymbols);
export const replayCommand = (flags: BuildFlags): Promise<void> => command(flags, replay, replaySymbols);

async function command({ json, ...flags }: BuildFlags, one: typeof build, each: typeof buildSymbols): Promise<void> {
  const config = await resolveConfig(flags.config);
  const isSeveral = Object.keys(config.config.instruments ?? {}).length > 1;
  const named = namedFiles('--trades', flags.trades);
  const manifests = await watched(async ({ onProgress, clear, signal }) => {
    const onWarmup = (forecast: WarmupForecast): void => {
      clear();
      console.log(forecastLines(forecast).join('\n'));
    };
    const told = { onProgress, signal, ...(json ? {} : { onWarmup }) };
    if (isSeveral || named === undefined) {
      const bars = namedFiles('--bars', flags.bars) ?? flags.bars;
      return [await one({ ...flags, config, trades: named ?? flags.trades, bars, ...told })];
    }
    const { bars: _, from, ...options } = flags;
    if (from !== undefined) fail('config', '--from', 'one symbol at a time', `${Object.keys(named).length} symbols`);
    return each({ ...options, config, trades: named, onProgress, signal });
  });
  if (manifests.length === 1) print(manifests[0], json, buildSummary);
  else print(manifests, json, (all: readonly Manifest[]) => all.map(buildSummary).join('\n'));
}
