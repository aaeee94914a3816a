/**
 * What a long build costs as jobs: processor time of all processes and their threads, in turns, a symbol at a time. Built files run
 * (`npm run build`), as they do on a cluster.
 *
 * By size: 12 symbols of 40,000 trades a month, 4 of 300,000, one of 3,000,000; six months each.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutJobs, listOf, symbolsOf, writeMonths } from '../test/cluster-jobs.ts';
import { summary, type Figure } from './harness.ts';

export const title = 'A long build as jobs';

const MAIN = fileURLToPath(new URL('../packages/minotaur/bin/minotaur.js', import.meta.url));
const MONTHS = ['2023-09', '2023-10', '2023-11', '2023-12', '2024-01', '2024-02'];
const SIZES = [
  { trades: 40_000, symbols: 12 },
  { trades: 300_000, symbols: 4 },
  { trades: 3_000_000, symbols: 1 },
] as const;
/** A month each, which shows what a job costs. */
const CUT = { trades: 300_000, symbols: 1 } as const;
/** Says at the end what the process has taken, its threads included. */
const SAYS = `data:text/javascript,${encodeURIComponent(
  "import{isMainThread}from'node:worker_threads';import{writeSync}from'node:fs';" +
    "if(isMainThread)process.on('exit',()=>{const{user,system}=process.cpuUsage();writeSync(2,'cpu='+(user+system)+'\\n')})",
)}`;

export async function benches(): Promise<Figure[]> {
  // What the compiler keeps is there on a machine that has run a job.
  cpuOf('--version');
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await asJobs(size)));
  figures.push(...(await asJobs(CUT, 0)));
  return figures;
}

/** @param least trades of a job; absent: as `plan` has it */
async function asJobs({ trades, symbols: n }: { readonly trades: number; readonly symbols: number }, least?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  try {
    mkdirSync(join(folder, 'trades'));
    const files = await writeMonths({ folder: join(folder, 'trades'), symbols: symbolsOf(n), months: MONTHS, trades });
    const long: number[] = [];
    const jobs: number[] = [];
    let count = 0;
    for (const [symbol, own] of Object.entries(files)) {
      const [rows, whole, list] = [join(folder, 'rows'), join(folder, 'whole'), join(folder, `${symbol}.json`)];
      const common = ['--config', 'minotaur', '--out'];
      cpuOf('plan', '--trades', ...own.map((file) => `${symbol}=${file}`), ...common, rows, '--jobs', list);
      if (least !== undefined) cutJobs(list, least);
      long.push(cpuOf('build', '--trades', ...own, ...common, whole));
      let sum = 0;
      const indexes = listOf(list).jobs.keys();
      for (const index of indexes) sum += cpuOf('build', '--job', list, '--index', String(index));
      jobs.push(sum);
      count += listOf(list).jobs.length;
      const found = digestOf(join(rows, `symbol=${symbol}`, `month=${MONTHS[MONTHS.length - 1]}`));
      if (found !== digestOf(whole)) throw new Error(`${symbol}: expected digest ${digestOf(whole)}, found ${found}`);
      rmSync(rows, { recursive: true });
      rmSync(whole, { recursive: true });
    }
    const more = jobs.map((seconds, i) => 100 * (seconds / long[i] - 1));
    const name = `${trades.toLocaleString('en')} trades a month${least === undefined ? '' : ', a month a job'}`;
    const note = `${n} symbols, ${count} jobs, equal digests`;
    return [
      summary(`${name}: one long build`, 'CPU s', long),
      summary('  as jobs', 'CPU s', jobs, { note }),
      summary('  more, in turns', '%', more, least === undefined ? { asked: { under: 5 } } : {}),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of processor time of one command. */
function cpuOf(...command: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ['--import', SAYS, MAIN, ...command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`minotaur ${command[0]}: exit ${status}: ${stderr}`);
  return Number(/cpu=(\d+)/.exec(stderr)?.[1]) / 1e6;
}

const digestOf = (directory: string): string =>
  (JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as { digest: string }).digest;
