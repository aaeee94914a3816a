/**
 * Boundaries in event time at which bars end, whatever the trades are: intervals of one length, days and weeks of local time,
 * sessions of an exchange. All in integer microseconds, and asked for once a bar, never for a trade.
 */
import { DAY, FROM, stretchAt, STRETCH_SLOTS, TO, zoneLine, type Calendar } from '../base/calendars/calendar.ts';
import { instantOf, offsetAt, type Zone } from '../base/calendars/zone.ts';
import { floorTo, MICROS_PER_DAY } from '../base/time.ts';

export interface Grid {
  /** The first boundary after `time`. */
  after(time: number): number;
  /** The last boundary before `time`. */
  before(time: number): number;
  /** Whether what ends at the boundary `end` gives a flat bar where nothing was traded in it. */
  isCarried(end: number): boolean;
  /** Microseconds from one boundary to the next, where they are even; else how many it takes for one, at the least. */
  readonly every: number;
  /** As the schema has it. */
  readonly text: string;
  /** What of the schema it depends on beside that. */
  readonly lines: readonly string[];
  /** Where boundaries are whatever the date, for {@link isNested}. */
  readonly frame: Frame;
}

/** Boundaries are `origin` and sums of `steps` away from it, in local time where there is a zone. */
interface Frame {
  readonly origin: number;
  readonly steps: readonly number[];
  /** How long a bar is; undefined for whole sessions. */
  readonly length: number | undefined;
  /** The zone or calendar; undefined where all boundaries are equally far apart. */
  readonly of: string | undefined;
}

/** Intervals of one length, counted from `origin`. */
export function plainGrid(every: number, origin = 0): Grid {
  return {
    after: (time) => floorTo(time - origin, every) + every + origin,
    before: (time) => Math.ceil((time - origin) / every) * every - every + origin,
    isCarried: () => true,
    every,
    text: origin === 0 ? `${every} us` : `${every} us from ${origin} us`,
    lines: [],
    frame: { origin, steps: [every], length: every, of: undefined },
  };
}

/** Clocks in a zone go forward by so much at most. */
const LONGEST_LEAP = MICROS_PER_DAY / 8;

/** So many whole days of local time, counted from the wall time `origin`: some of them have 23 hours, some 25. */
export function zonedGrid(zone: Zone, every: number, origin: number): Grid {
  const indexAt = (time: number): number => Math.floor((time + offsetAt(zone, time) - origin) / every);
  const boundary = (k: number): number => instantOf(zone, k * every + origin);
  return {
    after(time) {
      let k = indexAt(time) + 1;
      // Of a wall time that comes twice the first was the boundary.
      while (boundary(k) <= time) k++;
      return boundary(k);
    },
    before(time) {
      let k = indexAt(time) + 1;
      while (boundary(k) >= time) k--;
      return boundary(k);
    },
    isCarried: () => true,
    every: every - LONGEST_LEAP,
    text: `${every} us from ${origin} us in ${zone.name}`,
    lines: [zoneLine(zone)],
    frame: { origin, steps: [every, ...zone.offsets], length: every, of: zone.name },
  };
}

/** Of the call that is running: nothing is kept in it. */
const stretch = new Float64Array(STRETCH_SLOTS);

/**
 * Sessions, and the closed times between them; `every`: sessions in parts of that length from the opening on, of which the last ends at
 * the close. Closed time is no market: what is traded in it has a bar, but none is carried through it.
 */
export function sessionGrid(calendar: Calendar, every?: number): Grid {
  const { name, open, close, early, zone, lines } = calendar;
  /** Brings `stretch` to the part that holds `time`. */
  function find(time: number): void {
    stretchAt(calendar, time, stretch);
    if (every === undefined || stretch[DAY] !== stretch[DAY]) return;
    stretch[FROM] += floorTo(time - stretch[FROM], every);
    stretch[TO] = Math.min(stretch[TO], stretch[FROM] + every);
  }
  return {
    after(time) {
      find(time);
      return stretch[TO];
    },
    before(time) {
      find(time - 1);
      return stretch[FROM];
    },
    isCarried(end) {
      find(end - 1);
      return stretch[DAY] === stretch[DAY];
    },
    every: Math.min(every ?? Infinity, MICROS_PER_DAY / 2),
    text: every === undefined ? `sessions of ${name}` : `${every} us in sessions of ${name}`,
    lines,
    frame: {
      origin: open,
      steps: [
        ...[close, ...early.values()].map((time) => time - open),
        ...zone.offsets,
        ...(every === undefined ? [] : [every]),
      ],
      length: every,
      of: `sessions of ${name}`,
    },
  };
}

/** Whether every boundary of `outer` is one of `inner`, so that no bar of the inner stands in two of the outer. */
export function isNested(inner: Grid, outer: Grid): boolean {
  const { origin, length, of } = inner.frame;
  // Whole sessions are parts of nothing but themselves.
  if (length === undefined) return inner.text === outer.text;
  const isMultiple = (step: number): boolean => step % length === 0;
  if (!isMultiple(outer.frame.origin - origin)) return false;
  if (of === undefined) return outer.frame.steps.every(isMultiple);
  return of === outer.frame.of && isMultiple(outer.frame.length ?? 0);
}
