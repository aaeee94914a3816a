/** Where trades are missing by their ids, and where nothing was traded for long. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { createLargest } from './largest.ts';
import type { Taken } from './taken.ts';

/** A stretch of time between two trades. */
export interface Gap {
  /** Time of the trade before, microseconds. */
  readonly from: number;
  /** Time of the trade behind. */
  readonly to: number;
  /** The same in seconds. */
  readonly seconds: number;
  /** Ids that are missing in it; 0 where nothing is known to be. */
  readonly missing: number;
  /** The trade behind: file and line. */
  readonly place: string;
}

/** Of dense ids the holes, of all the silences. */
export interface HolesReport {
  /** Ranges of ids that never came. */
  readonly holes: number;
  /** Ids in them. */
  readonly missing: number;
  /** Those that lack most, the worst first. */
  readonly worst: readonly Gap[];
  /** The longest stretches without a trade, the longest first. */
  readonly silences: readonly Gap[];
}

/** Examples that are kept. */
const KEPT = 5;

export function createHoles() {
  const worst = createLargest<Gap>(KEPT);
  const silences = createLargest<Gap>(KEPT);
  let [holes, missing, last] = [0, 0, NaN];
  const gap = (from: number, to: number, lacking: number, place: string): Gap => {
    return { from, to, seconds: (to - from) / MICROS_PER_SECOND, missing: lacking, place };
  };
  return {
    add({ tape, rows, place }: Taken): void {
      for (const { at, from, missing: lacking } of tape.gaps) {
        // The trade behind may not have been taken.
        if (at >= tape.length) continue;
        holes++;
        missing += lacking;
        worst.add(lacking, () => gap(from, tape.time[at], lacking, place(rows[at])));
      }
      for (let i = 0; i < tape.length; i++) {
        const before = i === 0 ? last : tape.time[i - 1];
        if (tape.time[i] > before)
          silences.add(tape.time[i] - before, () => gap(before, tape.time[i], 0, place(rows[i])));
      }
      if (tape.length > 0) last = tape.time[tape.length - 1];
    },
    report: (): HolesReport => ({ holes, missing, worst: worst.list(), silences: silences.list() }),
  };
}
