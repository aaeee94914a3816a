/** `minotaur build` and `minotaur replay`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { build, replay, type ReplayOptions } from '../../runs/chain/build.ts';
import { arrayIndex } from '../../runs/cluster/array-index.ts';
import { buildJob } from '../../runs/cluster/build-job.ts';
import { buildSymbols, replaySymbols } from '../../runs/chain/symbols.ts';
import type { Manifest, WarmupForecast } from '../../runs.ts';
import { resolveConfig } from '../../files/config-file.ts';
import { filesByName, namedFiles, type FileFlags } from '../named-files.ts';
import { print, type OutputFlags } from '../output.ts';
import { buildSummary } from '../print/build.ts';
import { jobLines } from '../print/cluster.ts';
import { forecastLines } from '../print/warmup.ts';
import { watched } from '../progress.ts';

export interface BuildFlags extends Omit<ReplayOptions, keyof FileFlags>, FileFlags, OutputFlags {
  readonly job?: string | undefined;
  readonly index?: number | undefined;
  readonly wait?: string | undefined;
}

export async function buildCommand({ job, index, wait, ...flags }: BuildFlags): Promise<void> {
  if (job !== undefined) return jobCommand({ job, index, wait, ...flags });
  if (index !== undefined || wait !== undefined)
    fail('config', index === undefined ? '--wait' : '--index', 'a job list (--job)', 'none');
  return command(flags, build, buildSymbols);
}

export const replayCommand = (flags: BuildFlags): Promise<void> => command(flags, replay, replaySymbols);

async function jobCommand({ job = '', index, wait, out, json }: BuildFlags): Promise<void> {
  if (out !== '') fail('config', '--out', 'no directory beside --job: the list says where rows go', `'${out}'`);
  const own = { job, index: index ?? arrayIndex(process.env), wait };
  print(await watched(({ onProgress, signal }) => buildJob({ ...own, onProgress, signal })), json, jobLines);
}

async function command({ json, ...flags }: BuildFlags, one: typeof build, each: typeof buildSymbols): Promise<void> {
  const config = await resolveConfig(flags.config);
  const named = namedFiles('--trades', flags.trades);
  const { symbol, instruments = {} } = config.config;
  const own = symbol === undefined ? Object.keys(instruments) : [symbol];
  // Names that are no instrument of the configuration are symbols, each with a chain of its own; several have all of theirs.
  const isOneChain = own.length > 1 || Object.keys(named ?? {}).every((name) => name === own[0]);
  const manifests = await watched(async ({ onProgress, clear, signal }) => {
    const onWarmup = (forecast: WarmupForecast): void => {
      clear();
      console.log(forecastLines(forecast).join('\n'));
    };
    const told = { onProgress, signal, ...(json ? {} : { onWarmup }) };
    if (named === undefined || isOneChain) return [await one({ ...flags, ...filesByName(flags), config, ...told })];
    const { bars: _, series, from, ...options } = flags;
    if (series !== undefined)
      fail('config', '--series', 'one instrument, or `instruments` that are read together', 'several symbols');
    if (from !== undefined) fail('config', '--from', 'one symbol at a time', `${Object.keys(named).length} symbols`);
    return each({ ...options, config, trades: named, onProgress, signal });
  });
  if (manifests.length === 1) print(manifests[0], json, buildSummary);
  else print(manifests, json, (all: readonly Manifest[]) => all.map(buildSummary).join('\n'));
}
