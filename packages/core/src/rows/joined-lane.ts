/** Another instrument as rows of the driving one see it: its bars and holes from a latency after they were known. */
import { createNews, type News, type NewsClock } from './news.ts';

/** A clock of another instrument. */
export interface JoinedClock extends NewsClock {
  /** Where its features stand in a row; its age follows them. */
  readonly at: number;
  /** Microseconds from which on its features are NaN; Infinity: never. */
  readonly maxAge: number;
  /** Bars that must have closed before a row may be trusted. */
  readonly warmup: number;
  /** Bars that must have closed, of those that opened behind the last hole, before a row is complete. */
  readonly behind: number;
}

/** Another instrument, with its clocks. */
export interface JoinedLane {
  readonly clocks: readonly JoinedClock[];
  /** Microseconds from when a bar is available until a row may hold it. */
  readonly latency: number;
  /** Every bar that is available before this time has been taken; 0 before the first event. */
  readonly known: () => number;
}

/** Slots: the end of the newest hole that rows have come to, holes to come, then of each clock its bars kept, and its bars behind the hole. */
const TO = 0;
const AHEAD = 1;
/** How often rows have seen it begin anew. */
const ERAS = 2;
const KEPT = 3;
export const laneSlots = (clocks: number): number => KEPT + 2 * clocks;

/** A hole that rows have not come to yet: they have where they see the lane at `known` or later. */
interface HoleAhead {
  readonly known: number;
  readonly to: number;
}

export interface LaneView {
  readonly lane: JoinedLane;
  /** Of each clock. */
  readonly news: readonly News[];
  /** Trades are missing, up to `to`, behind all that was taken. */
  hole(to: number): void;
  /** The end of the newest hole, come to or not; 0 before the first. */
  readonly holeEnd: number;
  /** How often rows have seen it begin anew. */
  readonly eras: number;
  /** Comes to what a row of `time` holds. */
  see(time: number): void;
  /** Whether every clock has closed enough bars behind the last hole, or there was none. */
  isComplete(): boolean;
  /** Whether nothing more can come that a row of `time` would hold. */
  isSettled(time: number): boolean;
  /** Doubles that `save` writes; notes in the state how many of what they are. */
  saveLength(): number;
  save(into: Float64Array, at: number): number;
  load(from: Float64Array, at: number): number;
}

/** `state` holds `laneSlots` zeros at the start. */
export function createLaneView(lane: JoinedLane, state: Float64Array): LaneView {
  const { clocks, latency, known } = lane;
  const news = clocks.map((clock) => createNews(clock));
  const behind = state.subarray(KEPT + clocks.length);
  const holes: HoleAhead[] = [];
  const passed = clocks.map((_, c) => (opened: number): void => {
    if (opened !== opened && c === 0) state[ERAS]++;
    if (state[TO] !== 0) behind[c] = opened > state[TO] ? behind[c] + 1 : 0;
  });
  return {
    lane,
    news,
    hole: (to) => void holes.push({ known: known(), to }),
    get eras() {
      return state[ERAS];
    },
    get holeEnd() {
      return holes.reduce((end, { to }) => Math.max(end, to), state[TO]);
    },
    see(time) {
      const seen = time - latency;
      // Bars that count behind a hole opened after its end: they become available after it was known, so holes go first.
      while (holes.length > 0 && holes[0].known <= seen) {
        state[TO] = Math.max(state[TO], (holes.shift() as HoleAhead).to);
        behind.fill(0);
      }
      for (let c = 0; c < news.length; c++) news[c].see(seen, passed[c]);
    },
    isComplete() {
      if (state[TO] === 0) return true;
      for (let c = 0; c < clocks.length; c++) if (behind[c] < clocks[c].behind) return false;
      return true;
    },
    isSettled: (time) => known() > time - latency,
    saveLength() {
      state[AHEAD] = holes.length;
      news.forEach(({ count }, c) => (state[KEPT + c] = count));
      return 2 * holes.length + news.reduce((sum, { saveLength }) => sum + saveLength, 0);
    },
    save(into, at) {
      for (const hole of holes) {
        into[at++] = hole.known;
        into[at++] = hole.to;
      }
      for (const one of news) at = one.save(into, at);
      return at;
    },
    load(from, at) {
      holes.length = 0;
      for (let h = 0; h < state[AHEAD]; h++, at += 2) holes.push({ known: from[at], to: from[at + 1] });
      news.forEach((one, c) => (at = one.load(from, at, state[KEPT + c])));
      return at;
    },
  };
}
