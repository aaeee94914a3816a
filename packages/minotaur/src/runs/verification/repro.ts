/** Minimal reproducers of failed checks: a small file of events, and the command that fails on it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeTrades } from '../../files/trades/write-trades.ts';
import { writeBars } from '../../files/write-bars.ts';
import { fails, type Check, type CheckContext } from '../../verify/harness/check.ts';
import type { PlainEvents } from '../../verify/harness/stretch.ts';
import { reproduce } from '../../verify/harness/reproduce.ts';
import { checks, type Verdict } from '../../verify/verify.ts';
import { checkpoint } from '../course/options.ts';

/** A failure as a small file. */
export interface ReproFile {
  /** The check that fails. */
  readonly check: string;
  /** Trades as .csv.gz, or bars as .csv. */
  readonly file: string;
  /** Trades, or bars, in it. */
  readonly events: number;
  /** How often the check was run to get there. */
  readonly runs: number;
  /** Fails with exit code 1. `CONFIG` stands for a configuration that was handed over as an object. */
  readonly command: string;
}

/** Checks whose failures come from another process, which a smaller file does not make clearer. */
export const ELSEWHERE: ReadonlySet<string> = new Set(['fresh-process', 'workers', 'runtimes']);

export interface ReproJob {
  readonly context: CheckContext;
  /** Where the files go. */
  readonly folder: string;
  /** The configuration, as the command line names it. */
  readonly config: string;
  readonly signal: AbortSignal | undefined;
}

/** Shrinks every failure of `verdict` into a file. */
export async function writeReproducers(verdict: Verdict, job: ReproJob): Promise<ReproFile[]> {
  const { folder, config, signal } = job;
  const written: ReproFile[] = [];
  for (const outcome of verdict.checks) {
    const { name } = outcome;
    const check = checks.find((known) => known.name === name);
    if (!fails(outcome) || check === undefined || ELSEWHERE.has(name)) continue;
    const least = await reproduce(job.context, stoppable(check, signal));
    if (least === undefined) continue;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.csv${least.events.kind === 'trades' ? '.gz' : ''}`);
    await writeEvents(file, least.events);
    const command = `npx minotaur verify --${least.events.kind} ${quote(file)} --config ${quote(config)} --checks ${name} --seed ${least.seed}`;
    written.push({ check: name, file, events: least.length, runs: least.runs, command });
  }
  return written;
}

/** A check that does not begin once the run is aborted. */
function stoppable(check: Check, signal: AbortSignal | undefined): Check {
  return {
    ...check,
    async run(context) {
      await checkpoint(signal);
      return check.run(context);
    },
  };
}

/** As one word of a shell. */
function quote(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

async function writeEvents(file: string, events: PlainEvents): Promise<void> {
  if (events.kind === 'trades') await writeTrades(file, [events.block]);
  else writeBars(file, events.bars);
}
