/** How far the feeds of several instruments have come, and how far each may go: plain bookkeeping beside the chain's own. */
import type { Plan } from 'minotaur-core/internal/chain/plan';

/** How far feeds have come, and how far each may go. */
export interface Reach {
  /** An event of `instrument` has come. */
  see(instrument: string, time: number): void;
  /** Time of the newest event of `instrument`; NaN before the first. */
  newest(instrument: string): number;
  /** Up to when `instrument` may go: `skew` beyond every other, or beyond the first event of all while another has had none. */
  of(instrument: string): number;
  /** Whether `instrument` may be said to have come to `time`. */
  allows(instrument: string, time: number): boolean;
  /** The same, to be gone on with by itself. */
  copy(): Reach;
  /** As if all had come so many microseconds later. */
  moved(micros: number): Reach;
}

/** Of the feeds of a plan, which have not begun. */
export function reachOf({ instruments, lanes }: Plan): Reach {
  const names = instruments.map(({ name }) => name);
  return createReach(names, lanes.skew, new Map(), Infinity);
}

/** Of feeds of which nothing is known: they may go anywhere. */
export const anyReach = (): Reach => createReach([], Infinity, new Map(), Infinity);

/** `newest` by instrument; `first` is the time of the first event of all. */
function createReach(names: readonly string[], skew: number, newest: Map<string, number>, first: number): Reach {
  const reach: Reach = {
    see(instrument, time) {
      const before = newest.get(instrument);
      if (before === undefined) first = Math.min(first, time);
      newest.set(instrument, before === undefined || time > before ? time : before);
    },
    newest: (instrument) => newest.get(instrument) ?? NaN,
    of(instrument) {
      const others = names.filter((name) => name !== instrument);
      return others.reduce((least, name) => Math.min(least, (newest.get(name) ?? first) + skew), Infinity);
    },
    allows: (instrument, time) => !(time < reach.newest(instrument)) && time <= reach.of(instrument),
    copy: () => createReach(names, skew, new Map(newest), first),
    moved(micros) {
      const moved = [...newest].map(([name, time]) => [name, time + micros] as const);
      return createReach(names, skew, new Map(moved), first + micros);
    },
  };
  return reach;
}
