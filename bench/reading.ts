/**
 * Parquet of simulated trades to dollar bars, beside polars that reads the same five columns of the same file and adds up ten columns
 * of bars: in a process that is warm, and by command, both sides in turns.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { openTradesInThread } from '../packages/minotaur/src/files/trades/trade-thread.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'Parquet of trades to dollar bars, beside polars';

const CLI = fileURLToPath(new URL('../packages/minotaur/dist/cli/main.js', import.meta.url));
const POLARS = fileURLToPath(new URL('./reading.py', import.meta.url));
const PYTHON = process.env['MINOTAUR_PYTHON'] ?? 'python3';
const TRADES = 10_000_000;
const THRESHOLD = 2_000_000;
const RUNS = 5;

interface Run {
  readonly seconds: number;
  readonly processor: number;
}

async function ours(file: string): Promise<Run> {
  const began = performance.now();
  const used = process.cpuUsage();
  const engine = createEngine({ clocks: { short: { bars: 'dollar', threshold: THRESHOLD } } });
  const source = await openTradesInThread([file]);
  for await (const { block, facts } of source.blocks()) engine.push(block, facts);
  source.close();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

function polars(file: string): Run[] {
  const text = execFileSync(PYTHON, [POLARS, file, String(THRESHOLD), '3'], { encoding: 'utf8' });
  // The first is cold.
  return (JSON.parse(text) as Run[]).slice(1);
}

function secondsOf(command: string, args: readonly string[]): number {
  const began = performance.now();
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return (performance.now() - began) / 1000;
}

export async function benches(): Promise<Figure[]> {
  if (!existsSync(CLI)) throw new Error('expected dist/, found none: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  try {
    const [file, config] = [join(folder, 'trades.parquet'), join(folder, 'bars.yaml')];
    await writeTrades(file, simulate({ trades: TRADES, seed: 1 }));
    writeFileSync(config, `clocks:\n  short: { bars: dollar, threshold: ${THRESHOLD} }\n`);
    const build = ['build', '--config', config, '--trades', file, '--out', join(folder, 'out')];
    await ours(file);
    const [own, theirs]: [Run[], Run[]] = [[], []];
    const [ownCommand, theirCommand]: [number[], number[]] = [[], []];
    for (let i = 0; i < RUNS; i++) {
      own.push(await ours(file));
      theirs.push(...polars(file));
      ownCommand.push(secondsOf(process.execPath, [CLI, ...build]));
      theirCommand.push(secondsOf(PYTHON, [POLARS, file, String(THRESHOLD), '1']));
    }
    const each = (runs: readonly Run[], of: keyof Run): number[] => runs.map((run) => (run[of] / TRADES) * 1e9);
    const ratio = (others: readonly number[], mine: readonly number[], name: string): Figure =>
      summary(name, 'of their rate', [Math.min(...others) / Math.min(...mine)], { asked: { least: 1 } });
    return [
      summary('ours, by the clock', 'ns a trade', each(own, 'seconds')),
      summary('polars, by the clock', 'ns a trade', each(theirs, 'seconds')),
      summary('ours, processor time', 'ns a trade', each(own, 'processor')),
      summary('polars, processor time', 'ns a trade', each(theirs, 'processor')),
      summary('ours, the whole command', 's', ownCommand),
      summary('polars, the whole command', 's', theirCommand),
      ratio(each(theirs, 'seconds'), each(own, 'seconds'), 'rate, by the clock, leasts'),
      ratio(each(theirs, 'processor'), each(own, 'processor'), 'rate, processor time, leasts'),
      ratio(theirCommand, ownCommand, 'rate, whole commands, leasts'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
