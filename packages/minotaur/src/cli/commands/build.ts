/** `minotaur build` and `minotaur replay`. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fail, MinotaurError, type ErrorFacts, type ErrorKind } from 'minotaur-core/internal/base/errors';
import type { ChainRunOptions } from '../chain-options.ts';
import { runChain } from '../chain-run.ts';
import type { Manifest } from '../manifest.ts';
import { loadConfig } from '../config-file.ts';
import { warmupLines } from '../warmup.ts';
import { splitSymbols } from '../symbols.ts';
import { sibling } from '../../files/sibling.ts';

export interface BuildFlags {
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly config: string;
  readonly out: string;
  readonly from?: string;
  readonly limit?: number;
  readonly artefact?: string;
  readonly model?: string;
  readonly journal?: string;
  readonly json?: boolean;
}

/** What a worker is asked to do; it loads the configuration itself, because operators are functions. */
export interface BuildTask {
  readonly flags: BuildFlags;
  readonly symbol?: string;
  readonly live: boolean;
}

export type BuildReply =
  | { readonly manifest: Manifest }
  | { readonly kind: ErrorKind; readonly facts: ErrorFacts }
  | { readonly unexpected: string };

export const build = (flags: BuildFlags): Promise<void> => command(flags, false);
export const replay = (flags: BuildFlags): Promise<void> => command(flags, true);

async function command(flags: BuildFlags, live: boolean): Promise<void> {
  if (flags.trades === undefined && flags.bars === undefined)
    fail('config', live ? 'replay' : 'build', '--trades or --bars', 'neither');
  const bySymbol = splitSymbols(flags.trades);
  const manifests = bySymbol === undefined ? [await runTask({ flags, live })] : await runSymbols(bySymbol, flags, live);
  if (flags.json) console.log(JSON.stringify(manifests.length === 1 ? manifests[0] : manifests, null, 2));
  else for (const manifest of manifests) console.log(summary(manifest));
}

/** Does one task in this thread. */
export async function runTask({ flags, symbol, live }: BuildTask): Promise<Manifest> {
  const { config } = await loadConfig(flags.config);
  const options: ChainRunOptions = {
    ...flags,
    config: symbol === undefined ? config : { ...config, symbol },
    live,
    label: live ? 'replay' : 'build',
  };
  return runChain(options);
}

/** One worker per symbol, as many at a time as there are cores; each writes DIR/SYMBOL. */
async function runSymbols(
  bySymbol: ReadonlyMap<string, string[]>,
  flags: BuildFlags,
  live: boolean,
): Promise<Manifest[]> {
  if (flags.from !== undefined) fail('config', '--from', 'one symbol at a time', `${bySymbol.size} symbols`);
  const queue = [...bySymbol];
  const manifests: Manifest[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [symbol, trades] = next;
      const own = { ...flags, trades, out: join(flags.out, symbol) };
      const journal = flags.journal === undefined ? {} : { journal: join(flags.journal, symbol) };
      manifests.push(await runInWorker({ flags: { ...own, ...journal }, symbol, live }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(queue.length, availableParallelism()) }, lane));
  return manifests;
}

function runInWorker(task: BuildTask): Promise<Manifest> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(sibling(import.meta.url, 'build-worker'), { workerData: task });
    worker.once('error', reject);
    worker.once('message', (reply: BuildReply) => {
      if ('manifest' in reply) resolve(reply.manifest);
      else if ('facts' in reply) reject(new MinotaurError(reply.kind, reply.facts));
      else reject(new Error(reply.unexpected));
    });
  });
}

function summary({
  counts,
  warmup,
  digest,
  predictions,
  seconds,
  peakRssBytes,
  schemaId,
  inputs,
  columns,
}: Manifest): string {
  const bars = Object.entries(counts.bars).map(([clock, n]) => `${clock} ${n.toLocaleString('en')}`);
  const wrong = (['duplicate', 'disorder', 'invalid', 'gap'] as const).filter((name) => counts[name] > 0);
  const rate = counts.trades / seconds / 1e6;
  return [
    ...inputs.map(
      ({ path, layout }) => `${path}${layout ? `: ${layout.layout}, ${layout.timeUnit}, ${layout.container}` : ''}`,
    ),
    `${counts.trades.toLocaleString('en')} trades -> ${counts.rows.toLocaleString('en')} rows of ${columns.length} columns, ${counts.readyRows.toLocaleString('en')} ready`,
    `bars      ${bars.join(', ')}`,
    ...(wrong.length > 0
      ? [
          `problems  ${wrong.map((name) => `${counts[name]} ${name}`).join(', ')}; ${counts.dropped} dropped (problems.jsonl)`,
        ]
      : []),
    ...warmupLines(warmup),
    `digest    ${digest}`,
    ...(predictions === undefined
      ? []
      : [
          `predicted ${predictions.predicted.toLocaleString('en')} of ${predictions.rows.toLocaleString('en')} rows, digest ${predictions.digest}`,
        ]),
    `schema    ${schemaId}`,
    `${seconds.toFixed(1)} s, ${rate.toFixed(2)} million trades a second, ${(peakRssBytes / 1e6).toFixed(0)} MB at most`,
  ].join('\n');
}
