/** Trades of one push as columns: what most messages are made of. */
import { ID_WORDS, hasId, idNumber, setId } from 'minotaur-core/internal/trades/id';
import { createTradeBlock, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, writeColumn, writeNoColumn } from './columns.ts';

/** How ids are written: not at all, as a column of whole numbers, as the words that they are. */
const IDS = { none: 0, numbers: 1, words: 2 } as const;
/** What a side is, two bits each: unknown, a word that is none of the instrument's, bought, sold. */
const SIDES = [NaN, 0, 1, -1] as const;

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

/** What was written of `length` trades. @throws {RangeError} where it is none */
export function readTrades(
  reader: ByteReader,
  length: number,
): { block: TradeBlock; arrival: Float64Array | undefined } {
  const block = createTradeBlock(length);
  block.length = length;
  for (const column of [block.time, block.price, block.quantity])
    if (!readColumn(reader, column) && length > 0) throw new RangeError('a column that is missing');
  for (let i = 0; i < length; i += 4) {
    const four = reader.u8();
    for (let k = 0; k < 4 && i + k < length; k++) block.side[i + k] = SIDES[(four >>> (2 * k)) & 3];
  }
  readIds(reader, block.id, length);
  const arrival = new Float64Array(length);
  return { block, arrival: readColumn(reader, arrival) ? arrival : undefined };
}

function readIds(reader: ByteReader, id: Uint32Array, length: number): void {
  const kind = reader.u8();
  if (kind === IDS.none) id.fill(0xffffffff);
  else if (kind === IDS.words) for (let i = 0; i < ID_WORDS * length; i++) id[i] = reader.u32();
  else if (kind === IDS.numbers) {
    const numbers = new Float64Array(length);
    if (!readColumn(reader, numbers)) throw new RangeError('a column that is missing');
    for (let i = 0; i < length; i++) {
      if (!(Number.isSafeInteger(numbers[i]) && numbers[i] >= 0)) throw new RangeError(`an id of ${numbers[i]}`);
      setId(id, i, numbers[i]);
    }
  } else throw new RangeError(`ids of kind ${kind}`);
}
