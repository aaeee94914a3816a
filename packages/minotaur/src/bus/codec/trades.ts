/** Trades of one push as columns: what most messages are made of. */
import { ABSENT, hasId, ID_WORDS, idNumber, setIdNumbers } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { idsIn, numbersIn, roomOf } from './room.ts';
import { createColumnMemory, readColumn, writeColumn, writeNoColumn, type ColumnMemory } from './columns.ts';

/** How ids are written: not at all, as a column of whole numbers, as the words that they are. */
const IDS = { none: 0, numbers: 1, words: 2 } as const;
/** What a side is, two bits each: unknown, a word that is none of the instrument's, bought, sold. */
const SIDES = Float64Array.of(NaN, 0, 1, -1);

/** Writes rows [0, length) of a block, and when each was received where somebody said. */
export function writeTrades(writer: ByteWriter, block: TradeBlock, arrival: Float64Array | undefined): void {
  const { length } = block;
  writeColumn(writer, block.time.subarray(0, length), true);
  writeColumn(writer, block.price.subarray(0, length), true);
  writeColumn(writer, block.quantity.subarray(0, length), false);
  writeSides(writer, block.side, length);
  writeIds(writer, block.id, length);
  if (arrival === undefined) writeNoColumn(writer);
  else writeColumn(writer, arrival.subarray(0, length), true);
}

function writeSides(writer: ByteWriter, side: Float64Array, length: number): void {
  for (let i = 0; i < length; i += 4) {
    let four = 0;
    for (let k = 0; k < 4 && i + k < length; k++) {
      const code = SIDES.findIndex((known) => Object.is(known, side[i + k]));
      if (code < 0) throw new RangeError(`a side of ${side[i + k]}`);
      four |= code << (2 * k);
    }
    writer.u8(four);
  }
}

function writeIds(writer: ByteWriter, id: Uint32Array, length: number): void {
  const numbers = new Float64Array(length);
  let any = false;
  let all = true;
  for (let i = 0; i < length; i++) {
    any ||= hasId(id, i);
    numbers[i] = idNumber(id, i);
    all &&= numbers[i] === numbers[i];
  }
  writer.u8(!any ? IDS.none : all ? IDS.numbers : IDS.words);
  if (!any) return;
  if (all) return writeColumn(writer, numbers, true);
  for (let i = 0; i < ID_WORDS * length; i++) writer.u32(id[i]);
}

/** Memory that the trades of a message are read into: valid until the next is read. */
export interface TradeMemory {
  /** Room for as many trades as the largest message had. */
  block: TradeBlock;
  arrival: Float64Array;
  /** Ids, as numbers. */
  numbers: Float64Array;
  /** Trades before those that are read next. */
  used: number;
  readonly columns: ColumnMemory;
}

export function createTradeMemory(): TradeMemory {
  const none = new Float64Array(0);
  return { block: createTradeBlock(0), arrival: none, numbers: none, used: 0, columns: createColumnMemory() };
}

/** Makes room for the trades of a message. */
export function reserveTrades(memory: TradeMemory, count: number): void {
  memory.used = 0;
  if (memory.numbers.length >= count) return;
  memory.block = createTradeBlock(count);
  memory.arrival = new Float64Array(count);
  memory.numbers = new Float64Array(count);
}

/**
 * Reads `length` trades, for which there is room, behind those that were read before; says whether it is known when each was received.
 * @throws {RangeError} where it is none
 */
export function readTrades(reader: ByteReader, length: number, memory: TradeMemory): boolean {
  const { block, columns, used } = memory;
  memory.used += length;
  readOwned(reader, block.time, used, length, columns);
  readOwned(reader, block.price, used, length, columns);
  readOwned(reader, block.quantity, used, length, columns);
  readSides(reader, block.side, used, length);
  readIds(reader, used, length, memory);
  return readColumn(reader, memory.arrival, used, length, columns);
}

/** A column that all trades have. */
function readOwned(reader: ByteReader, into: Float64Array, at: number, length: number, columns: ColumnMemory): void {
  if (!readColumn(reader, into, at, length, columns) && length > 0) throw new RangeError('a column that is missing');
}

function readSides(reader: ByteReader, side: Float64Array, at: number, length: number): void {
  const packedBytes = (length + 3) >>> 2;
  const room = roomOf(reader, length);
  if (room !== undefined) {
    const { vectors, choices, numbers } = room;
    choices.set(SIDES);
    vectors.chosenOf(reader.pass(packedBytes), choices.byteOffset, numbers.byteOffset, length);
    return side.set(numbersIn(room, length), at);
  }
  const packed = reader.bytes(packedBytes);
  for (let i = 0; i < length; i++) side[at + i] = SIDES[(packed[i >>> 2] >>> (2 * (i & 3))) & 3];
}

function readIds(reader: ByteReader, at: number, length: number, memory: TradeMemory): void {
  const { id } = memory.block;
  const [from, to] = [ID_WORDS * at, ID_WORDS * (at + length)];
  const kind = reader.u8();
  if (kind === IDS.none) id.fill(ABSENT, from, to);
  else if (kind === IDS.words) for (let i = from; i < to; i++) id[i] = reader.u32();
  else if (kind === IDS.numbers) readIdNumbers(reader, at, length, memory);
  else throw new RangeError(`ids of kind ${kind}`);
}

function readIdNumbers(reader: ByteReader, at: number, length: number, memory: TradeMemory): void {
  const { block, columns } = memory;
  const room = roomOf(reader, length);
  const numbers = room?.numbers ?? memory.numbers;
  if (!readColumn(reader, numbers, 0, length, columns)) throw new RangeError('a column that is missing');
  if (room !== undefined) {
    const set = room.vectors.idsOf(numbers.byteOffset, room.ids.byteOffset, length);
    if (set < length) throw new RangeError(`an id of ${numbers[set]}`);
    return block.id.set(idsIn(room, length), ID_WORDS * at);
  }
  const words = block.id.subarray(ID_WORDS * at, ID_WORDS * (at + length));
  const set = setIdNumbers(words, numbers.subarray(0, length));
  if (set < length) throw new RangeError(`an id of ${numbers[set]}`);
}
