/** Columns of doubles in few bytes, and with every bit: whole numbers of some decimal unit where they are that, else as they are. */
import type { ByteReader, ByteWriter } from './bytes.ts';
import { numbersIn, roomOf, type ColumnRoom } from './room.ts';
import { LOW_PLANES, readPlanes, reserveWords, WORD, writePlanes, type Words } from './planes.ts';

/** How a column is written. */
const MODE = { raw: 0, constant: 1, wholes: 2, differences: 3, none: 4 } as const;

/** Beyond it a difference of two might not be exact, doubled. */
const MOST = 2 ** 51;
/** Up to which whole numbers begin whose differences of one word are added up in any order: no sum of them is rounded. */
const MOST_FIRST = 2 ** 52;
/** Decimals that are tried; a unit of more is one of tens: 13 is 10, 14 is 100. */
const MOST_DECIMALS = 12;
/** The unit of a million: microseconds that are seconds. */
const MOST_UNIT = MOST_DECIMALS + 6;
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, d) => Number(`1e${d}`));

/** Memory that columns are read with; it grows. */
export type ColumnMemory = Words;

export const createColumnMemory = (): ColumnMemory => ({ low: new Uint32Array(0), high: new Uint32Array(0) });

/** Zero for nothing, then 1 for -1, 2 for 1, 3 for -2: small numbers of either sign are small. */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** What the whole numbers of a unit are multiplied with, then divided by; one of them is 1. */
function scaleOf(unit: number): readonly [factor: number, divisor: number] {
  return unit <= MOST_DECIMALS ? [1, POWERS[unit]] : [POWERS[unit - MOST_DECIMALS], 1];
}

/**
 * The least number of decimals with which every value is a whole number, to the bit, or the most tens that every value is a multiple
 * of; -1 where there is neither. A value that is one with some decimals is one with more: it is the same quotient.
 */
function unitOf(values: Float64Array): number {
  let decimals = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // Neither of these is a quotient of whole numbers.
    if (value !== value || Object.is(value, -0)) return -1;
    while (!isWhole(value, decimals)) if (++decimals > MOST_DECIMALS) return -1;
  }
  for (let i = 0; i < values.length; i++) if (!isWhole(values[i], decimals)) return -1;
  if (decimals > 0) return decimals;
  let unit = MOST_UNIT;
  for (let i = 0; i < values.length; i++)
    while (unit > MOST_DECIMALS && values[i] % POWERS[unit - MOST_DECIMALS] !== 0) unit--;
  return unit > MOST_DECIMALS ? unit : 0;
}

function isWhole(value: number, decimals: number): boolean {
  const whole = Math.round(value * POWERS[decimals]);
  return whole <= MOST && whole >= -MOST && whole / POWERS[decimals] === value;
}

/** Writes `values`; `changing`: a value is likely to be near the one before it. */
export function writeColumn(writer: ByteWriter, values: Float64Array, changing: boolean): void {
  if (values.length > 1 && isConstant(values)) {
    writer.u8(MODE.constant);
    return writer.f64(values[0]);
  }
  const unit = unitOf(values);
  if (unit < 0) {
    writer.u8(MODE.raw);
    return writer.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const [factor, divisor] = scaleOf(unit);
  const wholes = values.map((value) => Math.round((value / factor) * divisor));
  const differs = changing && wholes.length > 0;
  writer.u8(differs ? MODE.differences : MODE.wholes);
  writer.u8(unit);
  if (differs) writer.f64(wholes[0]);
  writePlanes(writer, differs ? wholes.subarray(1).map((whole, i) => zigzag(whole - wholes[i])) : wholes.map(zigzag));
}

function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!Object.is(values[i], values[0]) || values[i] !== values[i]) return false;
  return true;
}

/** A column that is not there. */
export function writeNoColumn(writer: ByteWriter): void {
  writer.u8(MODE.none);
}

/** Reads `length` numbers into the places from `at` on; false where they are not there. @throws {RangeError} where it is no column */
export function readColumn(
  reader: ByteReader,
  into: Float64Array,
  at: number,
  length: number,
  memory: ColumnMemory,
): boolean {
  const mode = reader.u8();
  if (mode === MODE.none) return false;
  if (mode === MODE.constant) into.fill(reader.f64(), at, at + length);
  else if (mode === MODE.raw) into.set(reader.doubles(length), at);
  else if (mode === MODE.wholes || mode === MODE.differences) {
    const unit = reader.u8();
    if (unit > MOST_UNIT) throw new RangeError(`a unit of ${unit}`);
    const differs = mode === MODE.differences;
    if (differs && length === 0) throw new RangeError('differences of nothing');
    const room = roomOf(reader, length);
    if (room === undefined) readPlainly(reader, into.subarray(at, at + length), differs, unit, memory);
    else {
      readInRoom(reader, length, differs, unit, room);
      if (into !== room.numbers) into.set(numbersIn(room, length), at);
    }
  } else throw new RangeError(`a column of kind ${mode}`);
  return true;
}

/** Into the numbers of a room. */
function readInRoom(reader: ByteReader, length: number, differs: boolean, unit: number, room: ColumnRoom): void {
  if (differs) return readDifferencesInRoom(reader, length, unit, room);
  const { numbers, low, high, vectors } = room;
  const out = numbers.byteOffset;
  if (readPlanes(reader, room, length) > LOW_PLANES) vectors.longWholesOf(low.byteOffset, high.byteOffset, out, length);
  else vectors.wholesOf(low.byteOffset, out, length);
  vectors.scaled(out, length, ...scaleOf(unit));
}

function readDifferencesInRoom(reader: ByteReader, length: number, unit: number, room: ColumnRoom): void {
  const { numbers, low, high, vectors } = room;
  const first = reader.f64();
  const [count, out] = [length - 1, numbers.byteOffset + 8];
  const [factor, divisor] = scaleOf(unit);
  const isLong = readPlanes(reader, room, count) > LOW_PLANES;
  numbers[0] = first;
  if (!isLong && Number.isInteger(first) && Math.abs(first) <= MOST_FIRST) {
    vectors.scaled(numbers.byteOffset, 1, factor, divisor);
    return vectors.sumsOf(low.byteOffset, out, count, first, factor, divisor);
  }
  if (isLong) vectors.longWholesOf(low.byteOffset, high.byteOffset, out, count);
  else vectors.wholesOf(low.byteOffset, out, count);
  vectors.sumUp(out, count, first);
  vectors.scaled(numbers.byteOffset, length, factor, divisor);
}

function readPlainly(
  reader: ByteReader,
  into: Float64Array,
  differs: boolean,
  unit: number,
  memory: ColumnMemory,
): void {
  reserveWords(memory, into.length);
  if (differs) readDifferences(reader, into, memory);
  else readWholes(reader, into, memory);
  scale(into, unit);
}

function readWholes(reader: ByteReader, into: Float64Array, memory: ColumnMemory): void {
  const isLong = readPlanes(reader, memory, into.length) > LOW_PLANES;
  const { low, high } = memory;
  for (let i = 0; i < into.length; i++)
    into[i] = isLong ? unzigzag(high[i] * WORD + low[i]) : (low[i] >>> 1) ^ -(low[i] & 1);
}

function readDifferences(reader: ByteReader, into: Float64Array, memory: ColumnMemory): void {
  let whole = (into[0] = reader.f64());
  const isLong = readPlanes(reader, memory, into.length - 1) > LOW_PLANES;
  const { low, high } = memory;
  for (let i = 1; i < into.length; i++) {
    const lower = low[i - 1];
    whole += isLong ? unzigzag(high[i - 1] * WORD + lower) : (lower >>> 1) ^ -(lower & 1);
    into[i] = whole;
  }
}

function scale(into: Float64Array, unit: number): void {
  const [factor, divisor] = scaleOf(unit);
  if (divisor !== 1) for (let i = 0; i < into.length; i++) into[i] /= divisor;
  if (factor !== 1) for (let i = 0; i < into.length; i++) into[i] *= factor;
}
