/**
 * As-of alignment: when the driving clock closes a bar, one row is emitted that holds, for every clock, the values of its
 * newest bar that had become available, and how old they are.
 *
 * A bar may stand in a row iff its `availableAt` is at or before the row's time and its closing event is not after the
 * row's. The event decides among equal times: of two bars that close in the same microsecond, the row of the first does not see the second.
 */
import { canonicalise, wordsOf } from '../base/canonical.ts';
import { MICROS_PER_SECOND } from '../base/time.ts';
import { createHoleCount } from './holes.ts';

/** One clock as the aligner reads it. */
export interface AlignedClock {
  /** Its running columns; read anew at each call, because they grow. */
  readonly source: {
    readonly data: readonly Float64Array[];
    readonly end: number;
    /** Copies the values of `columns` in row i to `into`, from `at` on, with canonical bits. */
    read(columns: readonly number[], i: number, into: Float64Array, at: number): void;
  };
  /** Columns that rows hold, in schema order. */
  readonly features: readonly number[];
  readonly openTime: number;
  readonly availableAt: number;
  readonly event: number;
  /** Column with the number of bars before each bar since the cold start. */
  readonly ordinal: number;
  /** Bars that must have closed before a row may be trusted. */
  readonly warmup: number;
  /** Bars that must have closed, of those that opened behind the last hole, before a row is complete. */
  readonly behind: number;
}

/** Rows as they are emitted. Valid only during the call that hands them over: the buffers are reused. */
export interface RowBlock {
  /** Number of rows. */
  count: number;
  /** Values per row. */
  readonly width: number;
  /** Microseconds, one per row: the driving bar's availableAt. */
  readonly time: Float64Array;
  /** Row after row, canonical bits: NaN where a value is not known. */
  readonly values: Float64Array;
  /** One per row: 1 when every clock has closed the bars of its warm-up, else 0. */
  readonly ready: Float64Array;
  /** One per row: 0 while trades that are known to be missing may have a part in it, else 1. */
  readonly complete: Float64Array;
}

/** Rows within the chain, with what they do not say outside. */
export interface AlignedRows extends RowBlock {
  /** One per row: the end of the newest hole of the driving instrument before it; 0 where there was none. */
  readonly holeEnd: Float64Array;
  /** One per row: how often an instrument of it had begun anew. */
  readonly era: Float64Array;
}

/** Is handed rows within the chain; the block is reused after the call. */
export type AlignedSink = (rows: AlignedRows) => void;

/** Rows handed over at once, at most. */
export const ROW_BLOCK = 64;

/** An empty block for rows of so many values. */
export function createRowBlock(width: number): AlignedRows {
  return {
    count: 0,
    width,
    time: new Float64Array(ROW_BLOCK),
    values: new Float64Array(ROW_BLOCK * width),
    ready: new Float64Array(ROW_BLOCK),
    complete: new Float64Array(ROW_BLOCK),
    holeEnd: new Float64Array(ROW_BLOCK),
    era: new Float64Array(ROW_BLOCK),
  };
}

/** Is handed rows as they are emitted; the block is reused after the call. */
export type RowSink = (rows: RowBlock) => void;

export interface Aligner {
  /**
   * Emits the rows of the driving clock's bars from index `froms[drive]` on and returns their number. `froms[c]` is the index of
   * the first new bar of clock c, all earlier ones being available to every new row.
   */
  emit(froms: readonly number[]): number;
  /**
   * Rows from here on are not complete until every clock has closed the bars of its warm-up that opened after `to`, one after the
   * other. `to` is not before the newest event, so no bar that has closed counts, and the latest is all there is to remember.
   */
  hole(to: number): void;
  /** The end of the newest hole; 0 before the first. */
  holeEnd(): number;
  /** Forgets what was read from the columns: they have been given other contents. */
  reset(): void;
}

export interface AlignerOptions {
  readonly clocks: readonly AlignedClock[];
  /** Index of the driving clock. */
  readonly drive: number;
  /** `holeSlots` zeros at the start. */
  readonly state: Float64Array;
  /** Values at the end of each row that whoever is handed it fills in. */
  readonly room?: number | undefined;
  /** How often the instrument has begun anew; never where absent. */
  readonly era?: (() => number) | undefined;
  readonly sink: AlignedSink;
}

/** Aligns clocks; those whose bar has not changed since the last row are not read again. */
export function createAligner({ clocks, drive, state, room = 0, era = () => 0, sink }: AlignerOptions): Aligner {
  const joined = clocks.reduce((sum, clock) => sum + clock.features.length + 1, 0);
  const width = joined + room;
  const block = createRowBlock(width);
  /** The newest row; only what changes is written anew. */
  const latest = new Float64Array(joined);
  const words = wordsOf(latest);
  const next = new Int32Array(clocks.length);
  const stale = new Uint8Array(clocks.length).fill(1);
  const holes = createHoleCount(clocks, state);

  function gather(c: number, offset: number, bar: number): void {
    const { source, features } = clocks[c];
    source.read(features, bar, latest, offset);
    stale[c] = 0;
  }

  /**
   * Brings `latest` to the newest bars that the row of the driving clock's bar `own`, at `time` and closed by `event`, may hold; returns 1
   * if every clock is warm. One event may close many bars of a clock; the driving clock's is its own. The bars' ordinals decide what is
   * warm, so a snapshot need not hold it.
   */
  function bring(own: number, time: number, event: number): number {
    let ready = 1;
    for (let c = 0, offset = 0; c < clocks.length; c++) {
      const { source, features, availableAt, event: eventColumn, ordinal, warmup } = clocks[c];
      const available = source.data[availableAt];
      const closedBy = source.data[eventColumn];
      const end = c === drive ? own + 1 : source.end;
      let i = next[c];
      while (i < end && available[i] <= time && closedBy[i] <= event) i++;
      if (i !== next[c] || stale[c] === 1) gather(c, offset, i - 1);
      holes.add(c, next[c], i);
      next[c] = i;
      offset += features.length;
      latest[offset] = (time - available[i - 1]) / MICROS_PER_SECOND;
      canonicalise(latest, words, offset, ++offset);
      // Before the first bar the ordinal is NaN, which is not enough either.
      if (!(source.data[ordinal][i - 1] + 1 >= warmup)) ready = 0;
    }
    return ready;
  }

  return {
    emit(froms) {
      for (let c = 0; c < clocks.length; c++) next[c] = froms[c];
      const { source, availableAt, event } = clocks[drive];
      for (let i = froms[drive]; i < source.end; i++) {
        const time = source.data[availableAt][i];
        block.ready[block.count] = bring(i, time, source.data[event][i]);
        block.complete[block.count] = holes.isComplete();
        block.holeEnd[block.count] = holes.end();
        block.era[block.count] = era();
        block.values.set(latest, block.count * width);
        block.time[block.count++] = time;
        if (block.count < ROW_BLOCK && i + 1 < source.end) continue;
        sink(block);
        block.count = 0;
      }
      // Bars that closed after the last of these rows are news to the row that comes next.
      for (let c = 0; c < clocks.length; c++) {
        const { end } = clocks[c].source;
        if (next[c] < end) stale[c] = 1;
        holes.add(c, next[c], end);
      }
      return source.end - froms[drive];
    },
    hole: holes.open,
    holeEnd: holes.end,
    reset: () => void stale.fill(1),
  };
}
