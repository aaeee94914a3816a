/** Checks side by side. What comes of it is what came of them one after the other: results in their order, and the error of the first. */
import type { Check, CheckResult } from './harness/check.ts';

/** Where checks run, one after the other. */
export interface Lane {
  /** Whether a check may run there. */
  readonly takes: (check: Check) => boolean;
  /** Runs the check that stands at `at` of all. */
  readonly run: (check: Check, at: number) => Promise<CheckResult>;
  /** What is done around all that it runs, and before; `over` is aborted once there is nothing left for it. */
  readonly around?: (work: () => Promise<void>, over: AbortSignal) => Promise<void>;
}

/**
 * Runs checks in lanes; each takes the next that is left and that it may run. `onResult` hears of them in their order.
 * @throws the error of the first check that threw one, once those before it are done
 */
export async function runSideBySide(
  selected: readonly Check[],
  lanes: readonly Lane[],
  onResult?: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const left = new Set(selected.keys());
  const results: CheckResult[] = [];
  const over = new AbortController();
  let told = 0;
  let failed: { readonly at: number; readonly error: unknown } | undefined;

  /** The next that a lane may run, before one that has failed: what is behind that is of no interest any more. */
  function take(lane: Lane): number | undefined {
    const at = [...left].find((one) => one < (failed?.at ?? Infinity) && lane.takes(selected[one]));
    if (at !== undefined) left.delete(at);
    return at;
  }

  async function follow(lane: Lane): Promise<void> {
    for (let at = take(lane); at !== undefined; at = take(lane)) {
      try {
        results[at] = await lane.run(selected[at], at);
        for (; results[told] !== undefined && told < (failed?.at ?? Infinity); told++) onResult?.(results[told]);
      } catch (error) {
        if (failed === undefined || at < failed.at) failed = { at, error };
      }
    }
    over.abort();
  }

  await Promise.all(
    lanes.map((lane) => {
      const work = (): Promise<void> => follow(lane);
      return lane.around === undefined ? work() : lane.around(work, over.signal);
    }),
  );
  if (failed !== undefined) throw failed.error;
  return results;
}
