/** Rows that wait for a store: what comes meanwhile goes with them, as far as there is room. */
import { addRun, type PartitionRows, type RowRun } from './bus-rows.ts';

/** Values that are gathered at most, bytes. */
const MOST_GATHERED = 1 << 26;

export interface Gathered {
  add(own: PartitionRows, run: RowRun): void;
  /** Resolves when something more may be added. */
  room(): Promise<void>;
  /** Whether there is something to send, once it has been gathered for so long, or there is no more room; false where nothing will come. */
  some(milliseconds: number): Promise<boolean>;
  take(): { readonly runs: Map<string, RowRun[]>; readonly touched: ReadonlySet<PartitionRows>; readonly rows: number };
  /** Nothing comes any more. */
  end(): void;
}

export function createGathered(): Gathered {
  let runs = new Map<string, RowRun[]>();
  let touched = new Set<PartitionRows>();
  let [rows, bytes] = [0, 0];
  let ended = false;
  let waiters: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiters;
    waiters = [];
    for (const each of woken) each();
  };
  const change = (): Promise<void> => new Promise((resolve) => waiters.push(resolve));
  return {
    add(own, run) {
      touched.add(own);
      rows += run.rows.length;
      for (const { values } of run.rows) bytes += values.byteLength;
      addRun(runs, run);
      wake();
    },
    async room() {
      while (bytes >= MOST_GATHERED && !ended) await change();
    },
    async some(milliseconds) {
      while (touched.size === 0 && !ended) await change();
      const until = performance.now() + milliseconds;
      const timer = setTimeout(wake, milliseconds);
      while (!ended && bytes < MOST_GATHERED && performance.now() < until) await change();
      clearTimeout(timer);
      return touched.size > 0;
    },
    take() {
      const taken = { runs, touched, rows };
      [runs, touched, rows, bytes] = [new Map(), new Set(), 0, 0];
      wake();
      return taken;
    },
    end() {
      ended = true;
      wake();
    },
  };
}
