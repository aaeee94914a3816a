/** How late trades are that step back in time: what it would take to put them in order. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { createHistogram } from './histogram.ts';
import { createLargest } from './largest.ts';
import type { Taken } from './taken.ts';

/** Of trades behind the newest time before them. Whether that is disorder the intake says; ids have a part in it. */
export interface DisorderReport {
  /** How many. */
  readonly late: number;
  /** By how many seconds the latest is. */
  readonly seconds: number;
  /** By how many seconds the middle one is; null where there is none. */
  readonly median: number | null;
  /** Whether no row is later than the one before it, and several are earlier. */
  readonly newestFirst: boolean;
  /** The latest of them. */
  readonly examples: readonly string[];
}

export function createDisorder() {
  const lateness = createHistogram();
  const latest = createLargest<string>(3);
  let [newest, last, forward] = [-Infinity, NaN, 0];
  return {
    add({ source: { block }, from, to, place }: Taken): void {
      for (let i = from; i < to; i++) {
        const behind = newest - block.time[i];
        if (block.time[i] > last) forward++;
        last = block.time[i];
        if (behind > 0) {
          lateness.add(behind);
          latest.add(behind, () => `${place(i)}: ${behind / MICROS_PER_SECOND} s`);
        } else if (behind <= 0) newest = block.time[i];
      }
    },
    report: (): DisorderReport => ({
      late: lateness.count,
      seconds: lateness.most / MICROS_PER_SECOND,
      median: lateness.count === 0 ? null : lateness.quantile(0.5) / MICROS_PER_SECOND,
      newestFirst: lateness.count > 1 && forward === 0,
      examples: latest.list(),
    }),
  };
}
