/** Symbols of which there are months of simulated trades, as a job list takes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TradeBlock } from 'minotaur';
import type { JobReport } from 'minotaur/runs';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { inWaves, type SymbolMonths } from '../packages/minotaur/src/runs/cluster/waves.ts';
import type { JobList } from '../packages/minotaur/src/store/job-list.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';

export interface Months {
  readonly folder: string;
  readonly symbols: readonly string[];
  readonly months: readonly string[];
  /** Of each symbol and month. */
  readonly trades: number;
  /** Of the files; `parquet` where absent. */
  readonly ending?: string;
}

const MICROS = 1000;

/** Writes SYMBOL-trades-MONTH files; gives those of each symbol, in order. */
export async function writeMonths({ folder, symbols, months, trades, ending = 'parquet' }: Months) {
  const files: Record<string, string[]> = {};
  for (const [s, symbol] of symbols.entries()) {
    files[symbol] = [];
    for (const [m, month] of months.entries()) {
      const path = join(folder, `${symbol}-trades-${month}.${ending}`);
      const start = Date.parse(`${month}-01T00:00:00Z`) * MICROS;
      const blocks = simulate({ trades, seed: 100 * s + m, start, firstId: m * trades + 1 });
      await writeTrades(path, each(blocks));
      files[symbol].push(path);
    }
  }
  return files;
}

async function* each(blocks: Iterable<TradeBlock>): AsyncGenerator<TradeBlock> {
  yield* blocks;
}

export const symbolsOf = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `SYM${String(i).padStart(2, '0')}USDT`);

export const listOf = (path: string): JobList => JSON.parse(readFileSync(path, 'utf8')) as JobList;

/** The list at `path`, cut into jobs of at least so many trades, as one of larger files would be; a month each where absent. */
export function cutJobs(path: string, least = 0): JobList {
  const list = listOf(path);
  const symbols = [...new Set(list.jobs.map(({ symbol }) => symbol))].map((symbol): SymbolMonths => {
    const own = list.jobs.filter((job) => job.symbol === symbol);
    return { symbol, months: own.flatMap(({ months }) => months) };
  });
  const cut = { ...list, ...inWaves(symbols, least) };
  writeFileSync(path, JSON.stringify(cut));
  return cut;
}

/** What became of each month. */
export const outcomes = ({ months }: JobReport): string => months.map(({ outcome }) => outcome).join(' ');
