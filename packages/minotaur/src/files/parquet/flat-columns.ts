/** Columns of trades of a Parquet file that is decoded here: where their bytes lie, and the memory that their values come into. */
import { closeSync, openSync, readSync } from 'node:fs';
import { sideWord } from '../csv/side-words.ts';
import { fillOnce, identityOf } from './beginnings.ts';
import { codesOfWords, truths, wideValues, type FlatChunk } from './flat-pages.ts';

export const FLAT_FIELDS = ['id', 'time', 'price', 'quantity', 'side'] as const;
export type FlatField = (typeof FLAT_FIELDS)[number];

/** A column of a row group in its file. */
export interface FlatPlace extends Omit<FlatChunk, 'bytes'> {
  readonly at: number;
  readonly length: number;
}

export interface FlatGroup {
  readonly rows: number;
  readonly places: Readonly<Record<FlatField, FlatPlace>>;
}

/** A file that can be read here, in words that a thread can be sent. */
export interface FlatTrades {
  readonly file: string;
  readonly groups: readonly FlatGroup[];
  readonly sides: {
    readonly areTruths: boolean;
    /** The taker's side where a boolean is true, or a word is one for a buyer. */
    readonly yes: number;
    /** In small letters. */
    readonly buy: readonly string[];
    readonly sell: readonly string[];
    readonly none: readonly string[];
  };
}

/** Columns of a row group. */
export interface Columns {
  /** Two words each. */
  readonly id: Int32Array;
  readonly time: Int32Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** As in a block, {@link NONE} for NaN. */
  readonly side: Int8Array;
}

/** What stands for a side that is absent, in columns of bytes. */
export const NONE = 2;

/** Bytes of the columns of so many rows, a multiple of 8. */
export const columnsBytes = (rows: number): number => 32 * rows + 8 * Math.ceil(rows / 8);

/** Columns with room for so many rows in memory that is there. */
export function columnsIn(memory: ArrayBufferLike, at: number, rows: number): Columns {
  return {
    id: new Int32Array(memory, at, 2 * rows),
    time: new Int32Array(memory, at + 8 * rows, 2 * rows),
    price: new Float64Array(memory, at + 16 * rows, rows),
    quantity: new Float64Array(memory, at + 24 * rows, rows),
    side: new Int8Array(memory, at + 32 * rows, rows),
  };
}

/** Fills `into` with the bytes of a file from `at` on. @throws where it ends before */
export function readBytes(handle: number, at: number, into: Uint8Array): void {
  for (let done = 0; done < into.length;) {
    const read = readSync(handle, into, done, into.length - done, at + done);
    if (read === 0) throw new Error(`the end of the file at byte ${at + done}`);
    done += read;
  }
}

/** Decodes columns, of one file after another. */
export interface ColumnReader {
  /**
   * @param onWord told of every row whose word for the side is none
   * @throws where the bytes are not what the footer says
   */
  read(
    flat: FlatTrades,
    group: FlatGroup,
    field: FlatField,
    into: Columns,
    onWord: (row: number, word: string) => void,
  ): void;
  close(): void;
}

export function createColumnReader(): ColumnReader {
  let open: { readonly file: string; readonly handle: number; readonly identity: string } | undefined;
  // The bytes of a column are done with when its values are there; new memory for each would have to be cleared.
  let room = new Uint8Array(0);
  const close = (): void => {
    if (open !== undefined) closeSync(open.handle);
    open = undefined;
  };
  const opened = (file: string): NonNullable<typeof open> => {
    if (open?.file === file) return open;
    close();
    const handle = openSync(file, 'r');
    return (open = { file, handle, identity: identityOf(handle) });
  };
  const bytesOf = (file: string, { at, length }: FlatPlace): Uint8Array => {
    const { handle } = opened(file);
    if (room.length < length) room = new Uint8Array(length);
    const bytes = room.subarray(0, length);
    readBytes(handle, at, bytes);
    return bytes;
  };
  return {
    read({ file, sides, groups }, group, field, into, onWord) {
      const place = group.places[field];
      if (field !== 'side') {
        const values = new Uint8Array(into[field].buffer, into[field].byteOffset, 8 * place.rows);
        const fill = (): void => wideValues({ ...place, bytes: bytesOf(file, place) }, values);
        if (group === groups[0]) fillOnce(`${opened(file).identity} ${place.at}`, values, fill);
        else fill();
        return;
      }
      const chunk: FlatChunk = { ...place, bytes: bytesOf(file, place) };
      if (sides.areTruths) truths(chunk, sides.yes, -sides.yes, into.side);
      else codesOfWords(chunk, codeOf(sides), onWord, into.side);
    },
    close,
  };
}

/** What a word for a side is in a column of bytes: 0 where it is none, NONE where nothing stands there. */
function codeOf({ yes, buy, sell, none }: FlatTrades['sides']): (text: string) => number {
  return (text) => {
    const word = sideWord(text);
    if (word === '' || none.includes(word)) return NONE;
    return buy.includes(word) ? yes : sell.includes(word) ? -yes : 0;
  };
}
