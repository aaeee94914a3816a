/**
 * Where most messages of events are read: memory that loops of vectors go over, one for a thread. What is read is copied out of it
 * before the next message comes.
 */
import { takeRoom, type ColumnVectors } from 'minotaur-core/internal/base/vectors/vectors';
import type { ByteReader } from './bytes.ts';
import type { PlaneRoom } from './planes.ts';

/** Numbers of a column, at most: longer ones are read by the plain loops. */
const ROWS = 8192;
/** Of a body; the largest that so many trades take is as long. */
const BODY_BYTES = 64 * ROWS;
/** Doubles behind each part, which the loops touch. */
const SLACK = 16;
/** Doubles of the ranks. */
const RANKS = 256;

export interface ColumnRoom extends PlaneRoom {
  readonly vectors: ColumnVectors;
  readonly body: Uint8Array;
  readonly numbers: Float64Array;
  /** Four words each. */
  readonly ids: Uint32Array;
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
  return room !== undefined && reader.memory === room.body.buffer && rows <= ROWS ? room : undefined;
}

function createRoom(): ColumnRoom | undefined {
  const parts = { body: BODY_BYTES / 8, low: ROWS / 2, high: ROWS / 2, numbers: ROWS, ids: 2 * ROWS, ranks: RANKS, choices: 4 };
  const doubles = Object.values(parts).reduce((sum, length) => sum + length + SLACK, 0);
  const { doubles: memory, vectors } = takeRoom(doubles);
  if (vectors === undefined) return undefined;
  let at = memory.byteOffset;
  const next = (length: number): [ArrayBufferLike, number, number] => {
    const from = at;
    at += 8 * (length + SLACK);
    return [memory.buffer, from, 8 * length];
  };
  const bytes = (length: number): Uint8Array => new Uint8Array(...next(length));
  const words = (length: number): Uint32Array => {
    const [buffer, from, size] = next(length);
    return new Uint32Array(buffer, from, size / 4);
  };
  const room = {
    vectors,
    body: bytes(parts.body),
    low: words(parts.low),
    high: words(parts.high),
    numbers: new Float64Array(memory.buffer, next(parts.numbers)[1], parts.numbers),
    ids: words(parts.ids),
    ranks: next(parts.ranks)[1],
    choices: new Float64Array(memory.buffer, next(parts.choices)[1], parts.choices),
  };
  vectors.writeRanks(room.ranks);
  return room;
}
