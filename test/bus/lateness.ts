/** How late rows come to somebody who follows them: by how much after the trades that complete them are due. */

/** Trades a second of each symbol, and of a message. */
export const RATE = 100;
export const BATCH = 25;

/** Seconds by which the latest row came between a fault and the next, of each kind; `quiet` before the first. */
export type Late = Readonly<Record<string, readonly number[]>>;

export interface Lateness {
  /** Of a chain, a row that came. */
  onRow(row: { readonly chain: string; readonly time: number }): void;
  /** Something was produced; the first time begins the clock. */
  onProduced(): void;
  fault(kind: string): void;
  /** What is due from now on does not count. */
  end(): void;
  rows(): number;
  late(): Late;
}

/** `times`: of the trades of each chain. */
export function createLateness(times: Readonly<Record<string, Float64Array>>): Lateness {
  let started = NaN;
  let ended = Infinity;
  const faults = [{ kind: 'quiet', at: 0 }];
  const came: { due: number; late: number }[] = [];
  /** A trade is written with the message that it is in: when the first of that is due. */
  const dueOf = (chain: string, time: number): number => {
    const at = firstBehind(times[chain], time);
    return started + (1000 * (at - (at % BATCH))) / RATE;
  };
  return {
    onRow({ chain, time }) {
      const due = dueOf(chain, time);
      came.push({ due, late: performance.now() - due });
    },
    onProduced() {
      if (Number.isNaN(started)) started = performance.now();
    },
    fault: (kind) => void faults.push({ kind, at: performance.now() }),
    end: () => void (ended = performance.now()),
    rows: () => came.length,
    late() {
      const late: Record<string, number[]> = {};
      for (const [i, { kind, at }] of faults.entries()) {
        const next = Math.min(ended, faults[i + 1]?.at ?? Infinity);
        const of = came.filter(({ due }) => due >= at && due < next).map((one) => one.late);
        if (of.length > 0) (late[kind] ??= []).push(Math.max(...of) / 1000);
      }
      return late;
    },
  };
}

/** The first of sorted times that is not before `time`. */
function firstBehind(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
