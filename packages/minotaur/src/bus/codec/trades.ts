/** Trades of one push as columns: what most messages are made of. */
import { ABSENT, hasId, ID_WORDS, idNumber, setIdNumbers } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { roomOf } from './room.ts';
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

/** What was written of `length` trades, for which there is room. @throws {RangeError} where it is none */
export function readTrades(
  reader: ByteReader,
  length: number,
  memory: TradeMemory,
): { block: TradeBlock; arrival: Float64Array | undefined } {
  const { columns, used } = memory;
  const block = sliceTrades(memory.block, used, used + length);
  memory.used += length;
  for (const column of [block.time, block.price, block.quantity])
    if (!readColumn(reader, column, columns) && length > 0) throw new RangeError('a column that is missing');
  readSides(reader, block.side);
  readIds(reader, block.id, memory.numbers.subarray(0, length), columns);
  const arrival = memory.arrival.subarray(used, used + length);
  return { block, arrival: readColumn(reader, arrival, columns) ? arrival : undefined };
}

function readSides(reader: ByteReader, side: Float64Array): void {
  const packedBytes = (side.length + 3) >>> 2;
  const room = roomOf(reader, side.length);
  if (room !== undefined) {
    const { vectors, choices, numbers } = room;
    choices.set(SIDES);
    vectors.chosenOf(reader.pass(packedBytes), choices.byteOffset, numbers.byteOffset, side.length);
    return side.set(numbers.subarray(0, side.length));
  }
  const packed = reader.bytes(packedBytes);
  for (let i = 0; i < side.length; i++) side[i] = SIDES[(packed[i >>> 2] >>> (2 * (i & 3))) & 3];
}

function readIds(reader: ByteReader, id: Uint32Array, numbers: Float64Array, columns: ColumnMemory): void {
  const kind = reader.u8();
  if (kind === IDS.none) id.fill(ABSENT);
  else if (kind === IDS.words) for (let i = 0; i < id.length; i++) id[i] = reader.u32();
  else if (kind === IDS.numbers) readIdNumbers(reader, id, numbers, columns);
  else throw new RangeError(`ids of kind ${kind}`);
}

function readIdNumbers(reader: ByteReader, id: Uint32Array, own: Float64Array, columns: ColumnMemory): void {
  const room = roomOf(reader, own.length);
  const numbers = room?.numbers.subarray(0, own.length) ?? own;
  if (!readColumn(reader, numbers, columns)) throw new RangeError('a column that is missing');
  const set = room?.vectors.idsOf(numbers.byteOffset, room.ids.byteOffset, numbers.length) ?? setIdNumbers(id, numbers);
  if (set < numbers.length) throw new RangeError(`an id of ${numbers[set]}`);
  if (room !== undefined) id.set(room.ids.subarray(0, id.length));
}
