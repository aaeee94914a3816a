/** The rows that went out last: a hole that is learned late names those that it may have touched. */

/** So many are remembered. */
const RECENT = 1024;

export interface RecentRows {
  /** Ordinal of the next row. */
  readonly next: number;
  add(time: number): void;
  /** Ordinals, from and to one past the last, of the rows behind `time`, as far as they are remembered. */
  after(time: number): readonly [from: number, to: number];
}

/** `next`: ordinal of the first row that will be added. */
export function createRecentRows(next: number): RecentRows {
  const times = new Float64Array(RECENT);
  const first = next;
  return {
    get next() {
      return next;
    },
    add: (time) => void (times[next++ % RECENT] = time),
    after(time) {
      let from = next;
      while (from > first && from > next - RECENT && times[(from - 1) % RECENT] > time) from--;
      return [from, next];
    },
  };
}
