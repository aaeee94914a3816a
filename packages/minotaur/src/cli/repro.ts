/** Minimal reproducers of failed checks: a small file of events, and the command that fails on it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BAR_COLUMNS } from 'minotaur-core/internal/bars/bar';
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import { writeTrades } from '../files/trades/write-trades.ts';
import type { CheckContext } from '../verify/harness/check.ts';
import type { PlainEvents } from '../verify/harness/stretch.ts';
import { reproduce } from '../verify/harness/reproduce.ts';
import { checks, type Verdict } from '../verify/verify.ts';

export interface ReproFile {
  readonly check: string;
  readonly file: string;
  /** Trades, or bars, in it. */
  readonly events: number;
  /** How often the check was run to get there. */
  readonly runs: number;
  /** Fails with exit code 1. */
  readonly command: string;
}

/** Checks whose failures come from another process, which a smaller file does not make clearer. */
export const ELSEWHERE: ReadonlySet<string> = new Set(['fresh-process', 'workers', 'runtimes']);

/** Shrinks every failure of `verdict` into a file of `folder`. `config` is as the command line names it. */
export async function writeReproducers(
  verdict: Verdict,
  context: CheckContext,
  folder: string,
  config: string,
): Promise<ReproFile[]> {
  const written: ReproFile[] = [];
  for (const { name, holds } of verdict.checks) {
    const check = checks.find((known) => known.name === name);
    if (holds || check === undefined || ELSEWHERE.has(name)) continue;
    const least = await reproduce(context, check);
    if (least === undefined) continue;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.csv${least.events.kind === 'trades' ? '.gz' : ''}`);
    await writeEvents(file, least.events);
    const command = `npx minotaur verify --${least.events.kind} ${quote(file)} --config ${quote(config)} --checks ${name} --seed ${least.seed}`;
    written.push({ check: name, file, events: least.length, runs: least.runs, command });
  }
  return written;
}

/** As one word of a shell. */
function quote(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

async function writeEvents(file: string, events: PlainEvents): Promise<void> {
  if (events.kind === 'trades') await writeTrades(file, [events.block]);
  else writeFileSync(file, barsText(events.bars));
}

function barsText(bars: readonly GivenBar[]): string {
  const names = BAR_COLUMNS.filter((name) => bars.some((bar) => bar[name] !== undefined && !Number.isNaN(bar[name])));
  const lines = bars.map((bar) => names.map((name) => (Number.isNaN(bar[name] ?? NaN) ? '' : bar[name])).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

/** What a person reads of it. */
export function formatRepro({ check, file, events, command }: ReproFile): string {
  return `${check}: fails on ${events} events, ${file}\n       ${command}`;
}
