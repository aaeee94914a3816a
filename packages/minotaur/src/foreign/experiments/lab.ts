/** Runs of the code: how many at a time, how many in all, and what each of them took. */
import { isFailed, type Answer, type Asked, type Failed, type Target } from '../target/target.ts';
import type { ForeignTable } from '../table/table.ts';

export interface Budget {
  /** Runs in all. */
  readonly runs: number;
  /** Seconds from the first run on, after which none is begun. */
  readonly seconds: number;
  /** Runs at a time. */
  readonly lanes: number;
}

export interface Lab {
  /**
   * A run over the table that `make` gives when it is its turn, with the zone UTC and the common seed, unless `how` says otherwise.
   * Undefined where the budget is used up.
   */
  run(make: () => ForeignTable, how?: Partial<Omit<Asked, 'table'>>): Promise<Answer | Failed | undefined>;
  /** Runs that were done, and seconds that the code itself took in them. */
  spent(): { readonly runs: number; readonly codeSeconds: number };
}

export interface LabOptions {
  readonly budget: Budget;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of every run that was done. */
  readonly onRun?: ((done: number) => void) | undefined;
}

/** A lab around a target. */
export function createLab(target: Target, { budget, seed, signal, onRun }: LabOptions): Lab {
  const started = performance.now();
  const waiting: (() => void)[] = [];
  let [running, begun, done, codeSeconds] = [0, 0, 0, 0];
  /** Whether the budget is used up. */
  const isOver = (): boolean =>
    begun >= budget.runs || (begun > 0 && performance.now() - started > budget.seconds * 1000);
  return {
    async run(make, how = {}) {
      while (running >= budget.lanes) await new Promise<void>((resolve) => waiting.push(resolve));
      signal?.throwIfAborted();
      if (isOver()) {
        waiting.shift()?.();
        return undefined;
      }
      running++;
      begun++;
      try {
        const outcome = await target.run({ table: make(), zone: 'UTC', seed, ...how });
        done++;
        if (!isFailed(outcome)) codeSeconds += outcome.seconds;
        onRun?.(done);
        return outcome;
      } finally {
        running--;
        waiting.shift()?.();
      }
    },
    spent: () => ({ runs: done, codeSeconds }),
  };
}
