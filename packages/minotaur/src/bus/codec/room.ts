/**
 * Where most messages of events are read: memory that loops of vectors go over, one for a thread. What is read is copied out of it
 * before the next message comes.
 */
import { takeRoom, type ColumnVectors } from 'minotaur-core/internal/base/vectors/vectors';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';
import { createByteReader, type ByteReader } from './bytes.ts';
import type { Desk } from './envelope.ts';
import type { PlaneRoom } from './planes.ts';

/** Numbers of a column, at most: longer ones are read by the plain loops. */
const ROWS = 8192;
/** Of a body; the largest that so many trades take is as long. */
const BODY_BYTES = 64 * ROWS;
/** Doubles behind each part, which the loops touch. */
const SLACK = 16;
/** Doubles of the ranks. */
const RANKS = 256;
const CHOICES = 4;

export interface ColumnRoom extends PlaneRoom {
  readonly vectors: ColumnVectors;
  readonly desk: Desk;
  readonly numbers: Float64Array;
  /** Those of the newest column: a view costs as much as a hundred of them, and most columns are as long as the one before. */
  newest: Float64Array;
  /** Four words each. */
  readonly ids: Uint32Array;
  /** The same of ids. */
  newestIds: Uint32Array;
  /** Four doubles that two bits choose of. */
  readonly choices: Float64Array;
}

let made: { readonly room: ColumnRoom | undefined } | undefined;

/** That of this thread; undefined where there are no such loops. */
export function columnRoom(): ColumnRoom | undefined {
  made ??= { room: createRoom() };
  return made.room;
}

/** The room where that is where `reader` reads, and `rows` numbers are not too many for it. */
export function roomOf(reader: ByteReader, rows: number): ColumnRoom | undefined {
  const room = made?.room;
  return room !== undefined && reader.memory === room.numbers.buffer && rows <= ROWS ? room : undefined;
}

/** The first `count` numbers of a room. */
export function numbersIn(room: ColumnRoom, count: number): Float64Array {
  if (room.newest.length !== count) room.newest = room.numbers.subarray(0, count);
  return room.newest;
}

/** The words of the first `count` ids of a room. */
export function idsIn(room: ColumnRoom, count: number): Uint32Array {
  if (room.newestIds.length !== ID_WORDS * count) room.newestIds = room.ids.subarray(0, ID_WORDS * count);
  return room.newestIds;
}

function createRoom(): ColumnRoom | undefined {
  const parts = [BODY_BYTES / 8, ROWS / 2, ROWS / 2, ROWS, 2 * ROWS, RANKS, CHOICES] as const;
  const { doubles, vectors } = takeRoom(parts.reduce((sum, length) => sum + length + SLACK, 0));
  if (vectors === undefined) return undefined;
  let at = 0;
  const [body, low, high, numbers, ids, ranks, choices] = parts.map((length) => {
    const part = doubles.subarray(at, at + length);
    at += length + SLACK;
    return part;
  });
  const wordsOf = (part: Float64Array): Uint32Array => new Uint32Array(part.buffer, part.byteOffset, 2 * part.length);
  vectors.writeRanks(ranks.byteOffset);
  const bytes = new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return {
    vectors,
    desk: { bytes, reader: createByteReader(bytes) },
    low: wordsOf(low),
    high: wordsOf(high),
    numbers,
    newest: numbers,
    ids: wordsOf(ids),
    newestIds: wordsOf(ids),
    ranks: ranks.byteOffset,
    choices,
  };
}
