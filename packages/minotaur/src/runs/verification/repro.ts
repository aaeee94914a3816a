/** Minimal reproducers of failed checks: a small file of events, and the command that fails on it. */
import { existsSync, globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { writeTrades } from '../../files/trades/write-trades.ts';
import { writeBars } from '../../files/write-bars.ts';
import { writeSeries } from '../../files/write-series.ts';
import { makeDirectory } from '../../node/writing.ts';
import { requireOwnDirectory } from '../../store/own-place.ts';
import type { Turn } from '../../verify/harness/turns.ts';
import { fails, type Check, type CheckContext } from '../../verify/harness/check.ts';
import type { PlainEvents } from '../../verify/harness/stretch.ts';
import { barsByClock, seriesByName, tradesByInstrument } from '../../verify/harness/pick.ts';
import { reproduce } from '../../verify/harness/reproduce.ts';
import { checks, type Verdict } from '../../verify/verify.ts';
import type { Files } from '../chain/run-files.ts';
import { checkpoint } from '../course/options.ts';

/** A failure as a small file. */
export interface ReproFile {
  /** The check that fails. */
  readonly check: string;
  /** Trades as .csv.gz, of several instruments a file each, and rows of series or bars as .csv. */
  readonly file: string;
  /** Trades and rows of series, or bars, in it. */
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
  /** Whether events were lost: of the few that are left it may be a larger share. */
  readonly isLossy: boolean;
}

/** Refuses a folder from which a reproducer is read that another would take the place of. */
export function requireOwnFolder(folder: string, files: readonly (Files | undefined)[]): void {
  const names = checks.map(({ name }) => name);
  const mine = existsSync(folder)
    ? readdirSync(folder).filter((entry) => names.some((name) => entry.startsWith(`${name}.`)))
    : [];
  const patterns = files.flatMap((each) =>
    each === undefined ? [] : (Object.values(each) as readonly (string | readonly string[])[]).flat(),
  );
  // What is named in vain is for the reading to say.
  requireOwnDirectory(
    folder,
    mine,
    patterns.flatMap((pattern) => (existsSync(pattern) ? [pattern] : globSync(pattern))),
  );
}

/** Shrinks every failure of `verdict` into a file. */
export async function writeReproducers(verdict: Verdict, job: ReproJob): Promise<ReproFile[]> {
  const { folder, config, signal, isLossy } = job;
  const lossy = isLossy ? ' --min-used 0' : '';
  const written: ReproFile[] = [];
  for (const outcome of verdict.checks) {
    const { name } = outcome;
    const check = checks.find((known) => known.name === name);
    if (!fails(outcome) || check === undefined || ELSEWHERE.has(name)) continue;
    const least = await reproduce(job.context, stoppable(check, signal));
    if (least === undefined) continue;
    makeDirectory(folder);
    const { file, input } = await writeEvents(join(folder, name), least.events, job.context.plan);
    const command = `npx minotaur verify ${input} --config ${quote(config)} --checks ${name} --seed ${least.seed}${lossy}`;
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

/** Writes events into files that begin with `path`; which, and how the command line names them. */
async function writeEvents(path: string, events: PlainEvents, plan: Plan): Promise<{ file: string; input: string }> {
  if (events.kind === 'bars') {
    const file = `${path}.csv`;
    writeBars(file, events.bars);
    return { file, input: `--bars ${quote(file)}` };
  }
  if (events.kind === 'trades') {
    const file = `${path}.csv.gz`;
    await writeTrades(file, [events.block], plan.instruments[0]);
    return { file, input: `--trades ${quote(file)}` };
  }
  return writeTurns(path, events.turns, plan);
}

/** The same of events of several sources: a file of each. */
async function writeTurns(path: string, turns: readonly Turn[], plan: Plan): Promise<{ file: string; input: string }> {
  const files: string[] = [];
  const inputs: string[] = [];
  /** The only one of its kind need not have a name. */
  const add = (flag: string, name: string | undefined, file: string): void => {
    if (!inputs.includes(flag)) inputs.push(flag);
    inputs.push(name === undefined ? quote(file) : `${name}=${quote(file)}`);
    files.push(file);
  };
  const trades = tradesByInstrument(turns, plan);
  for (const of of plan.instruments) {
    const { [of.name]: block } = trades;
    if (block.length === 0) continue;
    const file = `${path}.${of.name}.csv.gz`;
    await writeTrades(file, [block], of);
    add('--trades', plan.instruments.length === 1 ? undefined : of.name, file);
  }
  const bars = Object.values(barsByClock(turns, plan));
  for (const { clock, bars: own } of bars) {
    if (own.length === 0) continue;
    const file = `${path}.${clock}.csv`;
    writeBars(file, own);
    add('--bars', bars.length === 1 ? undefined : clock, file);
  }
  const times = Object.values(trades).flatMap(({ time, length }) => time[length - 1] ?? []);
  const end = Math.max(...times, ...bars.flatMap(({ bars: own }) => own.at(-1)?.close_time ?? []));
  for (const { name, source } of plan.clocks) {
    if (source.type !== 'series') continue;
    const { rows } = seriesByName(turns, plan)[name];
    const file = `${path}.${name}.csv`;
    // Every series has to have a file, and a file a row: where none is left, one that nobody comes to know of.
    writeSeries(file, source.values, rows.length > 0 ? rows : [{ time: end, available_at: end + MICROS_PER_DAY }]);
    add('--series', name, file);
  }
  return { file: files.join(', '), input: inputs.join(' ') };
}
