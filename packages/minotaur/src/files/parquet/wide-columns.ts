/**
 * Times, ids and sides of a block, from columns as they are decoded: integers of two words and bytes. Loops of vectors go over them where
 * there are any, a stretch at a time; what they write is what the loops here write.
 */
import { takeRoom, type FileVectors } from 'minotaur-core/internal/base/vectors/vectors';
import { ID_WORDS, WORD } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { byteCopier } from './copy-bytes.ts';
import { NONE, type Columns } from './flat-columns.ts';

/** Rows that are copied to where loops of vectors find them: few enough for the nearest cache. */
const STRETCH = 2048;
/** Doubles behind each column, which the loops touch. */
const SLACK = 16;
/** Doubles of a row in a block's own columns here: time, side, and two of an id. */
const OWN = 4;

/** Where values come from: rows [from, from + length) of a row group's columns. */
interface Rows {
  readonly from: number;
  readonly length: number;
}

/** Writes the first `length` rows of columns of a block. */
export interface WideColumns {
  /** A block with room for as many rows as was said, whose times, ids and sides can be written; two at most. */
  createBlock(): TradeBlock;
  /** Times in units of `scale` microseconds, which is 1 or more. */
  times(into: TradeBlock, time: Columns['time'], scale: number, rows: Rows): void;
  /** @returns the first row whose number is negative, -1 where none is */
  ids(into: TradeBlock, id: Columns['id'], rows: Rows): number;
  sides(into: TradeBlock, side: Columns['side'], rows: Rows): void;
}

/** For two blocks of `capacity` rows. `isPlain`: without loops of vectors, wherever they are. */
export function createWideColumns(capacity: number, isPlain = false): WideColumns {
  const room = isPlain ? undefined : takeRoom(2 * (OWN * capacity + 3 * SLACK) + STRETCH + SLACK);
  return room?.vectors === undefined ? plainColumns(capacity) : vectorColumns(room.doubles, room.vectors, capacity);
}

function vectorColumns(doubles: Float64Array, vectors: FileVectors, capacity: number): WideColumns {
  let taken = 0;
  const take = (length: number): Float64Array => {
    const part = doubles.subarray(taken, taken + length);
    taken += length + SLACK;
    return part;
  };
  const raw = take(STRETCH);
  const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  const copy = byteCopier();
  /** Puts values where the loops find them. */
  const bring = (
    { buffer, byteOffset, BYTES_PER_ELEMENT: size }: Columns['id' | 'side'],
    at: number,
    count: number,
  ): void => copy(buffer, byteOffset + size * at, size * count, bytes, 0);
  return {
    createBlock() {
      const block = createTradeBlock(0);
      const [time, side, ids] = [take(capacity), take(capacity), take(2 * capacity)];
      return { ...block, time, side, id: new Uint32Array(ids.buffer, ids.byteOffset, ID_WORDS * capacity) };
    },
    times({ time: into }, time, scale, { from, length }) {
      for (let i = 0; i < length; i += STRETCH) {
        const count = Math.min(STRETCH, length - i);
        bring(time, 2 * (from + i), 2 * count);
        vectors.wideNumbers(raw.byteOffset, into.byteOffset + 8 * i, count, scale);
      }
    },
    ids({ id: into }, id, { from, length }) {
      let some = 0;
      for (let i = 0; i < length; i += STRETCH) {
        const count = Math.min(STRETCH, length - i);
        bring(id, 2 * (from + i), 2 * count);
        some |= vectors.wideIds(raw.byteOffset, into.byteOffset + 4 * ID_WORDS * i, count);
      }
      return some === 0 ? -1 : firstNegative(id, { from, length });
    },
    sides({ side: into }, side, { from, length }) {
      for (let i = 0; i < length; i += STRETCH) {
        const count = Math.min(STRETCH, length - i);
        bring(side, from + i, count);
        vectors.wideBytes(raw.byteOffset, into.byteOffset + 8 * i, count, NONE);
      }
    },
  };
}

function plainColumns(capacity: number): WideColumns {
  return {
    createBlock: () => createTradeBlock(capacity),
    times({ time: into }, words, scale, { from, length }) {
      for (let i = 0, at = 2 * from; i < length; i++, at += 2)
        into[i] = (words[at + 1] * WORD + (words[at] >>> 0)) * scale;
    },
    ids({ id: into }, words, { from, length }) {
      let some = 0;
      for (let i = 0, at = 2 * from, to = 0; i < length; i++, at += 2, to += ID_WORDS) {
        into[to] = words[at];
        into[to + 1] = words[at + 1];
        into[to + 2] = into[to + 3] = 0;
        some |= words[at + 1];
      }
      return some >= 0 ? -1 : firstNegative(words, { from, length });
    },
    sides({ side: into }, bytes, { from, length }) {
      let some = 0;
      for (let i = 0; i < length; i++) {
        const side = bytes[from + i];
        into[i] = side;
        some |= side * side;
      }
      if ((some & (NONE * NONE)) === 0) return;
      for (let i = 0; i < length; i++) if (into[i] === NONE) into[i] = NaN;
    },
  };
}

function firstNegative(words: Int32Array, { from, length }: Rows): number {
  for (let row = 0; row < length; row++) if (words[2 * (from + row) + 1] < 0) return row;
  return -1;
}
