/** Rows that wait for a store: what comes meanwhile goes with them, as far as there is room. */
import { addRun, type PartitionRows, type RowRun } from './bus-rows.ts';

/** Values that are gathered at most, bytes. */
const MOST_GATHERED = 1 << 26;

/** What is sent together. */
interface Sending {
  /** By chain. */
  readonly runs: Map<string, RowRun[]>;
  /** Partitions whose places they change. */
  readonly touched: Set<PartitionRows>;
  rows: number;
  bytes: number;
}

export interface Gathered {
  add(own: PartitionRows, run: RowRun): void;
  /** Resolves when something more may be added. */
  room(): Promise<void>;
  /** Whether there is something to send, once it has been gathered for so long, or there is no more room; false where nothing will come. */
  some(milliseconds: number): Promise<boolean>;
  take(): Sending;
  /** Nothing comes any more. */
  end(): void;
}

export function createGathered(): Gathered {
  const nothing = (): Sending => ({ runs: new Map(), touched: new Set(), rows: 0, bytes: 0 });
  const state = { ended: false, held: nothing() };
  let waiters: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiters;
    waiters = [];
    for (const each of woken) each();
  };
  const change = (): Promise<void> => new Promise((resolve) => waiters.push(resolve));
  const isFull = (): boolean => state.held.bytes >= MOST_GATHERED;
  return {
    add(own, run) {
      const { held } = state;
      held.touched.add(own);
      held.rows += run.rows.length;
      for (const { values } of run.rows) held.bytes += values.byteLength;
      addRun(held.runs, run);
      wake();
    },
    async room() {
      while (isFull() && !state.ended) await change();
    },
    async some(milliseconds) {
      while (state.held.touched.size === 0 && !state.ended) await change();
      const until = performance.now() + milliseconds;
      const timer = setTimeout(wake, milliseconds);
      while (!state.ended && !isFull() && performance.now() < until) await change();
      clearTimeout(timer);
      return state.held.touched.size > 0;
    },
    take() {
      const { held } = state;
      state.held = nothing();
      wake();
      return held;
    },
    end() {
      state.ended = true;
      wake();
    },
  };
}
