/** Months of symbols as jobs that are worth their start, in the order in which they may begin. */
import type { Job, JobInput, JobList, JobMonth, Wave } from '../../store/job-list.ts';

/** A symbol, and its months in order, none left out. */
export interface SymbolMonths {
  readonly symbol: string;
  readonly months: readonly JobMonth[];
}

/**
 * Trades that a job has at least, as far as sizes tell: what it costs to start one is under a twentieth of its work from here on, some
 * 2 of 48 s for the complete preset (docs/decisions/0033-long-builds-as-steps.md). Months of a symbol wait for each other in any
 * case, and each is kept when it is done, so a larger job loses nothing but the moment at which a scheduler may move it.
 */
const JOB_TRADES = 60e6;
/** Bytes of a trade, about: as text as it is, and compressed or Parquet. */
const [TEXT_BYTES, PACKED_BYTES] = [64, 16];
const TEXT = /\.(?:csv|tsv|txt|json|jsonl|ndjson)$/i;

/**
 * Jobs in waves: job k of a wave goes on from job k of the wave before.
 * @param least trades of a job, where its symbol has as many
 */
export function inWaves(symbols: readonly SymbolMonths[], least = JOB_TRADES): Pick<JobList, 'waves' | 'jobs'> {
  const lanes = symbols
    .map(({ symbol, months }) => ({ symbol, jobs: joined(months, least) }))
    // Those with most jobs first, so that a lane keeps its place in every wave.
    .sort((a, b) => b.jobs.length - a.jobs.length || (a.symbol < b.symbol ? -1 : 1));
  const jobs: Job[] = [];
  const waves: Wave[] = [];
  for (let k = 0; k < lanes[0].jobs.length; k++) {
    const from = jobs.length;
    const previous = waves.at(-1)?.from;
    for (const [i, lane] of lanes.entries()) {
      if (k >= lane.jobs.length) break;
      jobs.push({ symbol: lane.symbol, months: lane.jobs[k], before: previous === undefined ? null : previous + i });
    }
    waves.push({ from, count: jobs.length - from });
  }
  return { waves, jobs };
}

/** Months one after the other until there is enough of them; what is left over belongs to the last that has enough. */
function joined(months: readonly JobMonth[], least: number): JobMonth[][] {
  const jobs: JobMonth[][] = [];
  let held: JobMonth[] = [];
  for (const month of months) {
    held.push(month);
    if (tradesIn(held) < least) continue;
    jobs.push(held);
    held = [];
  }
  if (held.length === 0) return jobs;
  return [...jobs.slice(0, -1), [...(jobs.at(-1) ?? []), ...held]];
}

function tradesIn(months: readonly JobMonth[]): number {
  const of = ({ path, bytes }: JobInput): number => bytes / (TEXT.test(path) ? TEXT_BYTES : PACKED_BYTES);
  return months.flatMap(({ inputs }) => inputs).reduce((sum, input) => sum + of(input), 0);
}
