/** Which rows are complete: how many bars of each clock have opened behind the last hole. */

const TO = 0;
const BEHIND = 1;
/** Slots: the end of the newest hole, 0 before the first, then of each clock the bars behind it. */
export const holeSlots = (clocks: number): number => BEHIND + clocks;

/** A clock whose bars are counted. */
interface CountedClock {
  readonly source: { readonly data: readonly Float64Array[] };
  /** Column with the time at which a bar opened. */
  readonly openTime: number;
  /** Bars that must have closed, of those that opened behind the last hole, before a row is complete. */
  readonly behind: number;
}

export interface HoleCount {
  /** Takes the bars [from, to) of clock c, now that rows may hold them. */
  add(c: number, from: number, to: number): void;
  /** 1 where every clock has closed enough of them, or there was no hole. */
  isComplete(): number;
  /** As of the aligner. */
  open(to: number): void;
  /** The end of the newest hole; 0 before the first. */
  end(): number;
}

/** `state` holds `holeSlots` zeros at the start. */
export function createHoleCount(clocks: readonly CountedClock[], state: Float64Array): HoleCount {
  return {
    add(c, from, to) {
      if (state[TO] === 0) return;
      const opened = clocks[c].source.data[clocks[c].openTime];
      // One that was given late, and opened before the hole ended, is in the windows with those that did not.
      for (let i = from; i < to; i++) state[BEHIND + c] = opened[i] > state[TO] ? state[BEHIND + c] + 1 : 0;
    },
    isComplete() {
      if (state[TO] === 0) return 1;
      for (let c = 0; c < clocks.length; c++) if (state[BEHIND + c] < clocks[c].behind) return 0;
      return 1;
    },
    open(to) {
      state[TO] = Math.max(to, state[TO]);
      state.fill(0, BEHIND);
    },
    end: () => state[TO],
  };
}
