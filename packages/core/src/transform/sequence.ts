/**
 * Sequences: the last L rows as the model sees them. One machine for data sets and live, fed a row at a time.
 *
 * A sequence holds rows that follow each other without a break and are all ready: after a break it fills anew, so no
 * window has rows of both sides of it.
 */
import { fail } from '../base/errors.ts';
import { MICROS_PER_DAY } from '../base/time.ts';

/** Where one sequence ends and another begins. */
export interface SequenceBreaks {
  /** Microseconds: a row that comes more than this after the row before it begins a new sequence. Absent: none does. */
  readonly gap?: number;
  /** Whether the first row of a UTC day begins a new sequence. */
  readonly day: boolean;
}

export interface SequencerOptions {
  /** Rows a window, L. */
  readonly length: number;
  /** Values a row, F. */
  readonly width: number;
  readonly breaks: SequenceBreaks;
  /** {@link sequenceSlots} doubles, all that is remembered: a copy of them is a snapshot. Zeros: before the first row. */
  readonly state: Float64Array;
}

/** Forms windows of rows. */
export interface Sequencer {
  /**
   * Takes the row of `values[offset, offset + width)`.
   * @param time microseconds; never falls
   * @param ready whether the row may be trusted; one that may not breaks the sequence and is in no window
   * @returns whether a whole window ends with this row
   */
  push(time: number, values: Float64Array, offset: number, ready: boolean): boolean;
  /** Writes the window that ends with the last row pushed: `length` rows, the oldest first, rounded to float32. */
  window(out: Float32Array): void;
}

/** Rows held, where the next goes, and the time of the last; the rows follow, as a ring. */
const COUNT = 0;
const NEXT = 1;
const LAST = 2;
const ROWS = 3;

/** Doubles of state that sequences of `length` rows of `width` values need. */
export function sequenceSlots(length: number, width: number): number {
  return ROWS + length * width;
}

function requireShape({ length, width, state }: SequencerOptions): void {
  if (!Number.isSafeInteger(length) || length < 1) fail('internal', 'sequence', 'a length of at least 1', `${length}`);
  const slots = sequenceSlots(length, width);
  if (state.length !== slots) fail('internal', 'sequence', `${slots} doubles of state`, `${state.length}`);
}

/** Sequences over rows in order of time. Nothing is allocated by a row. */
export function createSequencer(options: SequencerOptions): Sequencer {
  requireShape(options);
  const { length, width, breaks, state } = options;
  const gap = breaks.gap ?? Infinity;
  const breaksBefore = (time: number): boolean =>
    time - state[LAST] > gap ||
    (breaks.day && Math.floor(time / MICROS_PER_DAY) !== Math.floor(state[LAST] / MICROS_PER_DAY));
  return {
    push(time, values, offset, ready) {
      if (!ready || (state[COUNT] > 0 && breaksBefore(time))) state[COUNT] = 0;
      state[LAST] = time;
      if (!ready) return false;
      const next = state[NEXT];
      const at = ROWS + next * width;
      for (let c = 0; c < width; c++) state[at + c] = values[offset + c];
      state[NEXT] = next + 1 === length ? 0 : next + 1;
      if (state[COUNT] < length) state[COUNT]++;
      return state[COUNT] === length;
    },
    window(out) {
      const size = length * width;
      if (state[COUNT] < length)
        fail('internal', 'sequence', `${length} rows`, `${state[COUNT]}: the window is not full`);
      if (out.length !== size) fail('internal', 'sequence', `room for ${size} values`, `${out.length}`);
      // The next row goes where the oldest stands.
      const oldest = state[NEXT] * width;
      const tail = size - oldest;
      for (let i = 0; i < tail; i++) out[i] = state[ROWS + oldest + i];
      for (let i = tail; i < size; i++) out[i] = state[ROWS + i - tail];
    },
  };
}

/** 1 for each row that a whole sequence of ready rows ends with, by the machine that forms the sequences. */
export function sequenceEnds(
  { length, ...breaks }: { readonly length: number } & SequenceBreaks,
  time: Float64Array,
  usable: Float64Array | undefined,
): Uint8Array {
  const state = new Float64Array(sequenceSlots(length, 0));
  const sequencer = createSequencer({ length, width: 0, breaks, state });
  const isUsable = (i: number): boolean => usable === undefined || usable[i] === 1;
  return Uint8Array.from(time, (t, i) => (sequencer.push(t, time, 0, isUsable(i)) ? 1 : 0));
}
