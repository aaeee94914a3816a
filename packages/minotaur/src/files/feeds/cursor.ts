/** A place in a source of events: what comes next, and when, so that sources can be merged by time. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import type { BarBlock } from '../bars-source.ts';
import type { SeriesBlock } from '../series-source.ts';
import { createSeam, type SeamTrade } from '../trades/seam.ts';
import type { LeftOut, SourceBlock } from '../trades/source-block.ts';

/** Events that follow each other, of one instrument: rows [from, to) of a block, a watermark, or a hole. */
export type Turn =
  | {
      readonly kind: 'trades';
      readonly instrument: string;
      readonly read: SourceBlock;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'bars';
      readonly instrument: string;
      readonly clock: string;
      readonly block: BarBlock;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'series';
      readonly name: string;
      readonly block: SeriesBlock;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'advance'; readonly instrument: string; readonly time: number }
  | { readonly kind: 'hole'; readonly instrument: string; readonly hole: Hole };

/** A turn of events that a source has. */
export type SourceTurn = Extract<Turn, { readonly from: number }>;

/** How a source is gone on with. */
export interface CursorStart {
  /** Rows of each file that were used before, by path. */
  readonly seen?: ReadonlyMap<string, number> | undefined;
  /** Whether every id follows the one before, also in the venue's own record. */
  readonly isDense?: boolean | undefined;
  /** Times that can be; without them, all. */
  readonly times?: { readonly from: number; readonly to: number } | undefined;
  /** The last trade that was: what comes next must not evidently be another instrument's, and ids may be missing between them. */
  readonly last?: SeamTrade | undefined;
  /** Whether a price that jumps is evidence by itself; see `isSteady`. */
  readonly byPrice?: boolean | undefined;
  /** Whether what comes next is taken even so; that ids are missing is known as well. */
  readonly isAccepted?: boolean | undefined;
}

/** How far a source has been used. */
interface CursorEnd {
  /** Rows of each file, by path. */
  readonly rows: ReadonlyMap<string, number>;
  /** Rows of the files that are no trades of the instrument's, by reason. */
  readonly leftOut: LeftOut;
  /** The last trade. */
  readonly last?: SeamTrade | undefined;
}

export interface Cursor {
  /** The instrument, the clock or the series. */
  readonly name: string;
  /** That the events are of; none of a series. */
  readonly instrument: string | undefined;
  /**
   * Time by which the next event is to be taken: its own, or an earlier one of an event behind it in its block, which it holds up.
   * Infinity where none is left, -Infinity where none has a time that can be.
   */
  head(): Promise<number>;
  /** In which the next event is; undefined where it has not been looked for, or nothing is left. */
  file(): string | undefined;
  /** Whether nothing is left. */
  isEmpty(): Promise<boolean>;
  /** Whether ids are missing before the next event. */
  gapAhead(): boolean;
  /** Takes the next event, and of those behind it in its block what is not at `until` or later, `most` at most. */
  take(until: number, most: number): SourceTurn;
  end(): CursorEnd;
}

/** A block of a source. */
interface Block {
  readonly file: string;
  readonly length: number;
  timeOf(i: number): number;
  turn(from: number, to: number): SourceTurn;
  /** Whether ids are missing before row `i`. */
  gapAt?(i: number): boolean;
  /** Told of the first row that is used of the source, then of all. */
  begin?(from: number): void;
  pass?(from: number, to: number): void;
}

/** Over trades of an instrument. */
export function tradeCursor(
  instrument: string,
  source: AsyncIterator<SourceBlock>,
  { seen, last, byPrice = true, isAccepted = false, times, isDense = false }: CursorStart = {},
): Cursor {
  const seam = createSeam(last, byPrice);
  const leftOut: Record<string, number> = {};
  // What comes first may follow trades that are missing.
  let newestId = last?.id === undefined ? NaN : idNumber(Uint32Array.from(last.id), 0);
  const next = async (): Promise<Block | undefined> => {
    const step = await source.next();
    if (step.done === true) return undefined;
    const read = step.value;
    for (const [reason, n] of Object.entries(read.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + n;
    const { block } = read;
    return {
      file: read.file,
      length: block.length,
      timeOf: (i) => plausible(block.time[i], times),
      turn: (from, to) => ({ kind: 'trades', instrument, read, from, to }),
      begin: (from) => (last === undefined || isAccepted ? undefined : seam.require(read, from)),
      gapAt: (i) => isDense && idNumber(block.id, i) > newestId + 1,
      pass: (from, to) => {
        seam.pass(sliceTrades(block, from, to));
        newestId = idNumber(block.id, to - 1);
      },
    };
  };
  const cursor = cursorOver(instrument, next, seen);
  return { ...cursor, name: instrument, end: () => ({ rows: cursor.rows, leftOut, last: seam.last() }) };
}

/** Rows of a file that are events at the time at which they became known. */
interface KnownRows {
  readonly rows: number;
  availableAt(i: number): number;
}

/** A block of a file. */
export interface FileBlock<B> {
  readonly file: string;
  readonly block: B;
}

/** Over bars of a clock. */
export function barCursor(
  { instrument, clock }: { readonly instrument: string; readonly clock: string },
  source: AsyncIterator<FileBlock<BarBlock>>,
  start: CursorStart = {},
): Cursor {
  const of = { name: clock, instrument };
  return knownCursor(of, inOrder(source), start, (block, from, to) => {
    return { kind: 'bars', instrument, clock, block, from, to };
  });
}

/** The same blocks. A bar that was available before one that it stands behind is refused here, where others do not wait for it. */
async function* inOrder(source: AsyncIterator<FileBlock<BarBlock>>): AsyncGenerator<FileBlock<BarBlock>> {
  let newest = -Infinity;
  for (let step = await source.next(); step.done !== true; step = await source.next()) {
    const { block } = step.value;
    for (let i = 0; i < block.rows; i++) {
      const time = block.availableAt(i);
      if (time < newest)
        fail(
          'input',
          block.place(i),
          `a bar that is available at ${formatTime(newest)} or later, as those before it`,
          formatTime(time),
        );
      if (time === time) newest = time;
    }
    yield step.value;
  }
}

/** Over rows of a series. */
export function seriesCursor(
  name: string,
  source: AsyncIterator<FileBlock<SeriesBlock>>,
  start: CursorStart = {},
): Cursor {
  const of = { name, instrument: undefined };
  return knownCursor(of, source, start, (block, from, to) => ({ kind: 'series', name, block, from, to }));
}

function knownCursor<B extends KnownRows>(
  { name, instrument }: Pick<Cursor, 'name' | 'instrument'>,
  source: AsyncIterator<FileBlock<B>>,
  { seen, times }: CursorStart,
  turn: (block: B, from: number, to: number) => SourceTurn,
): Cursor {
  const next = async (): Promise<Block | undefined> => {
    const step = await source.next();
    if (step.done === true) return undefined;
    const { block, file } = step.value;
    return {
      file,
      length: block.rows,
      timeOf: (i) => plausible(block.availableAt(i), times),
      turn: (from, to) => turn(block, from, to),
    };
  };
  const cursor = cursorOver(instrument, next, seen);
  return { ...cursor, name, end: () => ({ rows: cursor.rows, leftOut: {} }) };
}

function soonestOf({ length, timeOf }: Block): Float64Array {
  const soonest = new Float64Array(length);
  let earliest = -Infinity;
  for (let i = length - 1; i >= 0; i--) {
    const time = timeOf(i);
    // What has no time that can be is for the chain to refuse or drop, not to wait for.
    if (time === time && (time < earliest || earliest === -Infinity)) earliest = time;
    soonest[i] = earliest;
  }
  return soonest;
}

/** A time that can be; NaN for any other. */
function plausible(time: number, times: CursorStart['times']): number {
  return times === undefined || (time >= times.from && time < times.to) ? time : NaN;
}

function cursorOver(
  instrument: string | undefined,
  next: () => Promise<Block | undefined>,
  seen: ReadonlyMap<string, number> = new Map(),
): Omit<Cursor, 'end' | 'name'> & { readonly rows: ReadonlyMap<string, number> } {
  const rows = new Map<string, number>();
  let block: Block | undefined;
  /** Of each row of the block: the earliest time of it and those behind it. */
  let soonest: Float64Array | undefined;
  let at = 0;
  /** Rows of the block's file before it. */
  let before = 0;
  let isFirst = true;
  let ended = false;

  /** Goes to the next block in which something was not used before. */
  async function fill(): Promise<void> {
    while (!ended && (block === undefined || at >= block.length)) {
      if (block !== undefined) rows.set(block.file, before + block.length);
      block = await next();
      soonest = undefined;
      if (block === undefined) ended = true;
      else {
        before = rows.get(block.file) ?? 0;
        at = Math.min(block.length, Math.max(0, (seen.get(block.file) ?? 0) - before));
        rows.set(block.file, before + at);
      }
    }
  }

  return {
    instrument,
    rows,
    async head() {
      await fill();
      return block === undefined ? Infinity : (soonest ??= soonestOf(block))[at];
    },
    file: () => (block !== undefined && at < block.length ? block.file : undefined),
    async isEmpty() {
      await fill();
      return block === undefined;
    },
    gapAhead() {
      return block?.gapAt?.(at) ?? false;
    },
    take(until, most) {
      const { length, timeOf, turn, begin, pass, file } = block as Block;
      if (isFirst) begin?.(at);
      isFirst = false;
      const from = at++;
      const end = Math.min(length, from + most);
      if (until === Infinity) at = end;
      else while (at < end && !(timeOf(at) >= until)) at++;
      pass?.(from, at);
      rows.set(file, before + at);
      return turn(from, at);
    },
  };
}
