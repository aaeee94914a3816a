/**
 * Rows of one instrument, joined with the clocks of others, whatever way their feeds interleave.
 *
 * A bar of another instrument stands in a row iff available_at + latency <= the row's time. The row is settled once nothing more
 * can come that would: the other feed has come beyond the row's time - latency. Until then it waits, and all that follow, with what
 * is known of it; so the same events give the same rows in every order that keeps the order within each instrument.
 */
import type { AlignedSink } from './align.ts';
import { createLaneView, laneSlots, type JoinedLane, type LaneView } from './joined-lane.ts';
import { createJoinedRows } from './joined-rows.ts';
import { createWaitingRows, type WaitingRows } from './waiting-rows.ts';

export interface JoinOptions {
  readonly lanes: readonly JoinedLane[];
  /** No row that is still to come is before this time. */
  readonly next: () => number;
  /** Where the parts of the rows that come in stand in those that go out: place and length, in order. */
  readonly own: readonly { readonly at: number; readonly length: number }[];
  /** Values of a row that goes out. */
  readonly width: number;
  /** `joinSlots` zeros at the start. */
  readonly state: Float64Array;
  /** Values that are added to a row behind it. */
  readonly room: number;
  readonly sink: AlignedSink;
}

/** Slots: up to where rows were let go, how many wait, then those of each lane. */
const RELEASED = 0;
const WAITING = 1;
const LANES = 2;
/** `clocks`: how many each lane has. */
export const joinSlots = (clocks: readonly number[]): number =>
  clocks.reduce((sum, count) => sum + laneSlots(count), LANES);

export interface Join {
  /** Takes rows of the driving instrument, its own part of them; those that are settled go out at once. */
  readonly addRows: AlignedSink;
  /** Takes the bars [from, to) of a clock of a lane. */
  addBars(lane: number, clock: number, from: number, to: number): void;
  /** A lane begins anew: from `time` on none of its bars stands in a row, until others come. */
  forget(lane: number, time: number): void;
  /** Trades of a lane are missing, up to `to`, behind all that was taken of it. */
  hole(lane: number, to: number): void;
  /** The end of a lane's newest hole; 0 before the first. */
  holeEnd(lane: number): number;
  /** Hands on the rows that are settled now. */
  settle(): void;
  /** Hands on the rows up to `time`, now and when they come, settled or not: those that are not are not complete. */
  release(time: number): void;
  /** Up to where rows were let go; 0 where they never were. */
  readonly released: number;
  /** Rows before this time go out at once. */
  readonly free: number;
  /** Rows that wait. */
  readonly waiting: number;
  /** Forgets what no row can hold any more, and says how many doubles `save` writes. */
  saveLength(): number;
  /** Writes what is not in the state, from `at` on, and returns the place behind it. */
  save(into: Float64Array, at: number): number;
  load(from: Float64Array, at: number): number;
}

export function createJoin({ lanes, next, own, width, room, state, sink }: JoinOptions): Join {
  const waiting = createWaitingRows(own.reduce((sum, { length }) => sum + length, 0));
  let slot = LANES;
  const views = lanes.map((lane) =>
    createLaneView(lane, state.subarray(slot, (slot += laneSlots(lane.clocks.length)))),
  );
  const joined = createJoinedRows({ views, own, width, room, sink });
  /** A row that comes, as it is joined. */
  const coming = { time: 0, ready: 0, complete: 0, holeEnd: 0, era: 0, values: waiting.values, at: 0 };
  const nextTime = (): number => (waiting.count > 0 ? waiting.time : next());
  const goes = (time: number): boolean => time <= state[RELEASED] || views.every((view) => view.isSettled(time));

  function settle(): void {
    for (; waiting.count > 0 && goes(waiting.time); waiting.shift()) joined.add(waiting);
    joined.flush();
  }

  return {
    addRows(rows) {
      for (let r = 0; r < rows.count; r++) {
        coming.time = rows.time[r];
        coming.ready = rows.ready[r];
        coming.complete = rows.complete[r];
        coming.holeEnd = rows.holeEnd[r];
        coming.era = rows.era[r];
        coming.values = rows.values;
        coming.at = r * rows.width;
        if (waiting.count > 0 || !goes(coming.time)) waiting.add(rows, r);
        else joined.add(coming);
      }
      joined.flush();
    },
    addBars(lane, clock, from, to) {
      const view = views[lane];
      // Where rows are rare, bars pass without one.
      if (!view.news[clock].hasRoom(to - from)) view.see(nextTime());
      view.news[clock].take(from, to);
    },
    forget: (lane, time) => views[lane].news.forEach((one) => one.forget(time)),
    hole: (lane, to) => views[lane].hole(to),
    holeEnd: (lane) => views[lane].holeEnd,
    settle,
    release(time) {
      state[RELEASED] = Math.max(time, state[RELEASED]);
      settle();
    },
    get released() {
      return state[RELEASED];
    },
    get free() {
      const settled = views.reduce((least, { lane }) => Math.min(least, lane.known() + lane.latency), Infinity);
      return Math.max(settled, state[RELEASED] === 0 ? 0 : state[RELEASED] + 1);
    },
    get waiting() {
      return waiting.count;
    },
    ...saving(waiting, views, state, nextTime),
  };
}

/** What waits, as it is kept in a snapshot. */
function saving(
  waiting: WaitingRows,
  views: readonly LaneView[],
  state: Float64Array,
  nextTime: () => number,
): Pick<Join, 'saveLength' | 'save' | 'load'> {
  return {
    saveLength() {
      for (const view of views) view.see(nextTime());
      state[WAITING] = waiting.count;
      return views.reduce((sum, view) => sum + view.saveLength(), waiting.saveLength);
    },
    save(into, at) {
      at = waiting.save(into, at);
      for (const view of views) at = view.save(into, at);
      return at;
    },
    load(from, at) {
      at = waiting.load(from, at, state[WAITING]);
      for (const view of views) at = view.load(from, at);
      return at;
    },
  };
}
