/** `minotaur verify`: the laws, on the user's own data and features. */
import { writeFile } from 'node:fs/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { expandPaths } from '../../files/paths.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import type { Config } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { certificateLines } from '../../verify/memory/certificate.ts';
import {
  countEvents,
  describeAmounts,
  STRETCH,
  type CheckContext,
  type CheckResult,
} from '../../verify/harness/check.ts';
import { barStretch, tradeStretch, type Stretch } from '../../verify/harness/feed.ts';
import { loadingLines } from '../../verify/watch/loading-lines.ts';
import { selectChecks, verify, type Verdict } from '../../verify/verify.ts';
import { loadConfig, type LoadedConfig } from '../config-file.ts';
import { asksIsolation, learnedRows, servingOf, type LearnedFlags } from '../learned-context.ts';
import { formatDrift, measureDrift, type DriftFlags } from '../drift.ts';
import { readBarRows } from '../feeds.ts';
import { createProgress, showsProgress } from '../progress.ts';
import { verdictPage } from '../report/verdict-page.ts';
import { formatRepro, writeReproducers, type ReproFile } from '../repro.ts';
import { planOf, readManifest } from '../rows-directory.ts';

export interface VerifyFlags extends LearnedFlags {
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly config: string;
  readonly checks?: readonly string[];
  readonly limit?: number;
  readonly seed: number;
  readonly report?: string;
  readonly repro?: string;
  readonly against?: string;
  readonly json?: boolean;
}

export async function verifyCommand(flags: VerifyFlags): Promise<void> {
  const paths = driftFlags(flags);
  const events = flags.trades ?? flags.bars;
  if (events === undefined && paths !== undefined && !asksIsolation(flags)) return compareOnly(flags, paths);
  const loaded = await loadConfig(flags.config, { watched: true });
  const verdict = await verifyFiles(flags, loaded, (outcome) => {
    if (!flags.json) console.log(formatResult(outcome));
  });
  const folder = flags.repro ?? (flags.report === undefined ? undefined : `${flags.report}.repro`);
  const reproducers =
    folder === undefined ? [] : await writeReproducers(verdict, contextOf(flags, loaded), folder, flags.config);
  const drift = paths && (await measureDrift(paths));
  if (flags.json)
    console.log(JSON.stringify({ ...withReproducers(verdict, reproducers), ...(drift && { drift }) }, null, 2));
  else {
    for (const file of reproducers) console.log(formatRepro(file));
    if (drift) console.log(`\n${formatDrift(drift)}`);
    console.log(verdict.holds ? '\nEverything that was checked holds.' : '\nSomething does not hold.');
  }
  if (flags.report !== undefined) {
    const lead = `${(events ?? [flags.rows]).join(', ')}, with ${flags.config}`;
    await writeFile(
      flags.report,
      verdictPage({
        verdict,
        lead,
        events: flags.bars ? 'bars' : 'trades',
        plan: createPlan(loaded.config),
        reproducers,
        drift,
      }),
    );
  }
  if (!verdict.holds) process.exitCode = 1;
}

/** What `--rows` and `--against` ask for; undefined where neither is given. */
function driftFlags(flags: VerifyFlags): DriftFlags | undefined {
  const { rows, against, artefact, model } = flags;
  if (rows !== undefined && against !== undefined) return { rows, against, artefact };
  if (against !== undefined) fail('config', 'verify', '--rows beside --against', 'none');
  if (asksIsolation(flags)) return undefined;
  if (rows !== undefined) fail('config', 'verify', '--against beside --rows, or --labels and --splits', 'neither');
  if (artefact !== undefined && model === undefined)
    fail('config', 'verify', '--model beside --artefact, or --rows with --labels and --splits or --against', 'none');
  return undefined;
}

/** Drift alone. It is no failure, however large. */
async function compareOnly(flags: VerifyFlags, paths: DriftFlags): Promise<void> {
  if (flags.checks !== undefined) fail('config', 'verify', '--trades or --bars beside --checks', 'neither');
  const drift = await measureDrift(paths);
  console.log(flags.json ? JSON.stringify({ drift }, null, 2) : formatDrift(drift));
  if (flags.report === undefined) return;
  const lead = `${paths.rows} against ${paths.against}`;
  await writeFile(
    flags.report,
    verdictPage({ lead, events: 'trades', plan: planOf(readManifest(paths.rows)), reproducers: [], drift }),
  );
}

function withReproducers({ holds, checks }: Verdict, files: readonly ReproFile[]): object {
  const fileOf = new Map(files.map(({ check, ...file }) => [check, file]));
  return { holds, checks: checks.map((check) => ({ ...check, repro: fileOf.get(check.name) ?? null })) };
}

/** What the checks are given of files and configuration. */
function contextOf(flags: VerifyFlags, { config, source, loading }: LoadedConfig): CheckContext {
  if (flags.trades === undefined && flags.bars === undefined && !asksIsolation(flags))
    fail('config', 'verify', '--trades or --bars, or --rows with --against or --labels', 'none of them');
  const limit = flags.limit ?? Infinity;
  const open =
    flags.bars !== undefined
      ? () => barStretches(flags.bars ?? [], config, limit)
      : () => (flags.trades === undefined ? noStretches() : tradeStretches(flags.trades, config, limit));
  return { config, configSource: source, open, seed: flags.seed, ...(loading && { loading }) };
}

/** Runs the checks over files. */
export async function verifyFiles(
  flags: VerifyFlags,
  loaded: LoadedConfig,
  onResult: (outcome: CheckResult) => void,
): Promise<Verdict> {
  const { config } = loaded;
  const learned = await learnedRows(flags, config);
  const serving = servingOf(flags, config);
  const hasEvents = flags.trades !== undefined || flags.bars !== undefined;
  const means = {
    events: hasEvents,
    ownOperators: config.operators.length > 0,
    learned: learned !== undefined,
    serving: serving !== undefined,
  };
  const selected = selectChecks(flags.checks, means);
  const given = { ...contextOf(flags, loaded), ...(learned && { learned }), ...(serving && { serving }) };
  const events = showsProgress() ? await countEvents(given) : undefined;
  let progress = createProgress(selected[0].name, events ?? 0, 'events');
  const context = {
    ...given,
    ...(events !== undefined && { events }),
    onProgress: (done: number): void => progress.add(done),
  };
  try {
    return await verify(context, selected, (outcome) => {
      progress.stop();
      onResult(outcome);
      const next = selected[selected.findIndex((check) => check.name === outcome.name) + 1];
      if (next !== undefined) progress = createProgress(next.name, events ?? 0, 'events');
    });
  } finally {
    progress.stop();
  }
}

/** Of what needs no events. */
async function* noStretches(): AsyncGenerator<Stretch> {}

async function* tradeStretches(patterns: readonly string[], config: Config, limit: number): AsyncGenerator<Stretch> {
  const source = await openTrades(patterns, config.input);
  let left = limit;
  try {
    for await (const { block } of source.blocks()) {
      const length = Math.min(block.length, left);
      for (let from = 0; from < length; from += STRETCH) {
        yield tradeStretch(sliceTrades(block, from, Math.min(length, from + STRETCH)));
      }
      left -= length;
      if (left <= 0) return;
    }
  } finally {
    source.close();
  }
}

async function* barStretches(patterns: readonly string[], config: Config, limit: number): AsyncGenerator<Stretch> {
  let left = limit;
  for (const file of expandPaths(patterns)) {
    const { rows, at } = await readBarRows(file, config.input);
    const length = Math.min(rows, left);
    for (let from = 0; from < length; from += STRETCH) {
      const count = Math.min(STRETCH, length - from);
      yield barStretch(Array.from({ length: count }, (_, i) => at(from + i)));
    }
    left -= length;
    if (left <= 0) return;
  }
}

/** A check in a few lines: whether it holds, how much was compared, what it measured, and the first divergence. */
export function formatResult(outcome: CheckResult): string {
  const { name, law, holds, compared, first, certificate } = outcome;
  const lines = [
    `${holds ? 'holds' : 'FAILS'}  ${name.padEnd(14)} ${law}`,
    `       compared ${describeAmounts(compared)}`,
    ...(certificate === undefined ? [] : certificateLines(certificate).map((line) => `       ${line}`)),
    ...loadingLines(outcome).map((line) => `       ${line}`),
  ];
  if (first === null) return lines.join('\n');
  if ('message' in first) return [...lines, `       ${first.message}`].join('\n');
  const where =
    first.clock === '' ? `row ${first.row}` : `clock ${first.clock}, bar ${first.row}, trade ${first.trade}`;
  return [
    ...lines,
    `       first divergence: stage ${first.stage}, ${where}, ${formatTime(first.time)}`,
    `       ${first.feature}: expected ${first.expected} (${first.expectedBits}), found ${first.found} (${first.foundBits})`,
    ...(first.note === undefined ? [] : [`       ${first.note}`]),
  ].join('\n');
}
