/** Rows and bars as they come, kept in memory up to a bound. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { fail } from 'minotaur-core/internal/base/errors';
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { CLOCK_COLUMNS } from '../viewer/clock.ts';

/** Numbers that a page holds at most: 200 MB of them. */
const NUMBERS = 25_000_000;
/** Rows of a part. */
const PART = 4096;

/** Numbers, row after row, that grow without being copied. */
interface Grown {
  readonly width: number;
  length(): number;
  /** Room for one more row, zeros: where it lies. */
  next(): Float64Array;
  at(row: number): Float64Array;
  column(k: number): Float64Array;
}

/** What all of them together may take. */
export interface Room {
  left: number;
}

export const createRoom = (): Room => ({ left: NUMBERS });

function createGrown(width: number, room: Room): Grown {
  const parts: Float64Array[] = [];
  let rows = 0;
  const at = (row: number): Float64Array => {
    const from = (row % PART) * width;
    return parts[Math.floor(row / PART)].subarray(from, from + width);
  };
  return {
    width,
    length: () => rows,
    at,
    next() {
      if (rows === parts.length * PART) {
        if ((room.left -= PART * width) < 0) failFull();
        parts.push(new Float64Array(PART * width));
      }
      return at(rows++);
    },
    column: (k) =>
      Float64Array.from({ length: rows }, (_, row) => parts[Math.floor(row / PART)][(row % PART) * width + k]),
  };
}

function failFull(): never {
  const held = NUMBERS.toLocaleString('en');
  fail(
    'config',
    'clocks',
    `rows and bars of ${held} numbers in all, which is what a page holds (the command line has no such bound)`,
    'more: a higher threshold or fewer features make fewer',
  );
}

/** Columns of a row behind its values. */
const [TIME, READY, COMPLETE, FLAGS] = [0, 1, 2, 3];

/** Rows with a width that the first of them says. */
export interface KeptRows {
  add(rows: RowBlock): void;
  length(): number;
  time(): Float64Array;
  ready(): Float64Array;
  complete(): Float64Array;
  feature(k: number): Float64Array;
  /** Time, ready and complete, then the values. */
  at(row: number): Float64Array;
}

export function createKeptRows(width: number, room: Room): KeptRows {
  const grown = createGrown(width + FLAGS, room);
  return {
    add({ count, time, ready, complete, values }) {
      for (let r = 0; r < count; r++) {
        const into = grown.next();
        [into[TIME], into[READY], into[COMPLETE]] = [time[r], ready[r], complete[r]];
        into.set(values.subarray(r * width, (r + 1) * width), FLAGS);
      }
    },
    length: grown.length,
    time: () => grown.column(TIME),
    ready: () => grown.column(READY),
    complete: () => grown.column(COMPLETE),
    feature: (k) => grown.column(FLAGS + k),
    at: grown.at,
  };
}

export interface KeptBars {
  add(bars: BarRows): void;
  length(clock: string): number;
  columns(clock: string): Record<(typeof CLOCK_COLUMNS)[number], Float64Array>;
}

export function createKeptBars(room: Room): KeptBars {
  const kept = new Map<string, Grown>();
  return {
    add({ clock, data, from, to }) {
      const grown = kept.get(clock) ?? createGrown(CLOCK_COLUMNS.length, room);
      kept.set(clock, grown);
      for (let i = from; i < to; i++) {
        const into = grown.next();
        CLOCK_COLUMNS.forEach((name, k) => (into[k] = data[COLUMN[name]][i]));
      }
    },
    length: (clock) => kept.get(clock)?.length() ?? 0,
    columns(clock) {
      const grown = kept.get(clock);
      const column = (k: number): Float64Array => grown?.column(k) ?? new Float64Array(0);
      return Object.fromEntries(CLOCK_COLUMNS.map((name, k) => [name, column(k)])) as ReturnType<KeptBars['columns']>;
    },
  };
}
