/** `minotaur verify`: the laws, on the user's own data and features. */
import { writeFile } from 'node:fs/promises';
import { fail } from '../../core/errors.ts';
import { formatTime } from '../../core/time.ts';
import { expandPaths } from '../../io/paths.ts';
import { openTrades } from '../../io/trade-source.ts';
import type { Config } from '../../pipeline/config.ts';
import { sliceTrades } from '../../trades/trade.ts';
import { describeAmounts, STRETCH, type CheckResult } from '../../verify/check.ts';
import { barStretch, tradeStretch, type Stretch } from '../../verify/feed.ts';
import { selectChecks, verify, type Verdict } from '../../verify/verify.ts';
import { loadConfig, type LoadedConfig } from '../config-file.ts';
import { readBarRows } from '../feeds.ts';
import { createProgress } from '../progress.ts';
import { verdictPage } from '../report/pages.ts';

export interface VerifyFlags {
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly config: string;
  readonly checks?: readonly string[];
  readonly limit?: number;
  readonly seed: number;
  readonly report?: string;
  readonly json?: boolean;
}

export async function verifyCommand(flags: VerifyFlags): Promise<void> {
  const verdict = await verifyFiles(flags, await loadConfig(flags.config), (outcome) => {
    if (!flags.json) console.log(formatResult(outcome));
  });
  if (flags.json) console.log(JSON.stringify(verdict, null, 2));
  else console.log(verdict.holds ? '\nEverything that was checked holds.' : '\nSomething does not hold.');
  if (flags.report !== undefined) await writeFile(flags.report, verdictPage(verdict, flags.trades ?? flags.bars ?? []));
  if (!verdict.holds) process.exitCode = 1;
}

/** Runs the checks over files. */
export async function verifyFiles(
  flags: VerifyFlags,
  { config, source }: LoadedConfig,
  onResult: (outcome: CheckResult) => void,
): Promise<Verdict> {
  if (flags.trades === undefined && flags.bars === undefined) fail('config', 'verify', '--trades or --bars', 'neither');
  const selected = selectChecks(flags.checks);
  const limit = flags.limit ?? Infinity;
  const open =
    flags.bars === undefined
      ? () => tradeStretches(flags.trades ?? [], config, limit)
      : () => barStretches(flags.bars ?? [], config, limit);
  let progress = createProgress(selected[0].name, 0, 'events');
  const onProgress = (events: number): void => progress.add(events);
  const context = { config, configSource: source, open, seed: flags.seed, onProgress };
  try {
    return await verify(context, selected, (outcome) => {
      progress.stop();
      onResult(outcome);
      const next = selected[selected.findIndex((check) => check.name === outcome.name) + 1];
      if (next !== undefined) progress = createProgress(next.name, 0, 'events');
    });
  } finally {
    progress.stop();
  }
}

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

/** A check in a few lines: whether it holds, how much was compared, and the first divergence. */
export function formatResult({ name, law, holds, compared, first }: CheckResult): string {
  const lines = [
    `${holds ? 'holds' : 'FAILS'}  ${name.padEnd(14)} ${law}`,
    `       compared ${describeAmounts(compared)}`,
  ];
  if (first === null) return lines.join('\n');
  if ('message' in first) return [...lines, `       ${first.message}`].join('\n');
  const where =
    first.clock === '' ? `row ${first.row}` : `clock ${first.clock}, bar ${first.row}, trade ${first.trade}`;
  return [
    ...lines,
    `       first divergence: stage ${first.stage}, ${where}, ${formatTime(first.time)}`,
    `       ${first.feature}: expected ${first.expected} (${first.expectedBits}), found ${first.found} (${first.foundBits})`,
  ].join('\n');
}
