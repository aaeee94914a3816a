/** Trades of one time. */
import type { Taken } from './taken.ts';

/** How often a trade has the time of the one before. */
export interface TiesReport {
  /** Trades with the time of the one before. */
  readonly tied: number;
  /** The same as a share of all. */
  readonly share: number;
  /** Most trades of one time. */
  readonly longest: number;
  /** Where these end; null where no two trades have one time. */
  readonly place: string | null;
}

export function createTies() {
  let [trades, tied, run, longest, last] = [0, 0, 1, 1, NaN];
  let place: string | null = null;
  return {
    add({ tape, rows, place: placeOf }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        const isTied = tape.time[i] === last;
        run = isTied ? run + 1 : 1;
        if (isTied) tied++;
        last = tape.time[i];
        if (run <= longest) continue;
        longest = run;
        // Where the run goes on, a later place takes this one's place.
        const isEnd = i + 1 === tape.length || tape.time[i + 1] !== last;
        if (isEnd) place = placeOf(rows[i]);
      }
      trades += tape.length;
    },
    report: (): TiesReport => ({ tied, share: trades === 0 ? 0 : tied / trades, longest, place }),
  };
}
