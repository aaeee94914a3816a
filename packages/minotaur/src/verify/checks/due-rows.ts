/** When rows have to be out: with the bar that completes them, or, where they wait for other instruments, once nothing more can come for them. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { reachOf } from '../harness/reach.ts';

export interface DueRows {
  /** An event of an instrument has come. */
  see(instrument: string, time: number): void;
  /** The driving clock has closed bars, available at these times. */
  close(times: Float64Array): void;
  /** How many rows have become due since. */
  take(): number;
}

/** Without what puts trades in order: then nobody outside knows how far a feed has come. */
export function createDueRows(plan: Plan): DueRows {
  const own = plan.clocks[plan.drive].instrument;
  const reach = reachOf(plan);
  const waiting: number[] = [];
  const isDue = (time: number): boolean =>
    plan.instruments.every(({ name }, i) => i === own || reach.newest(name) > time - plan.lanes.latency[i]);
  return {
    see: reach.see,
    close: (times) => void waiting.push(...times),
    take() {
      let due = 0;
      while (due < waiting.length && isDue(waiting[due])) due++;
      waiting.splice(0, due);
      return due;
    },
  };
}
