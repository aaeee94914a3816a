/** Columns of doubles in few bytes, and with every bit: whole numbers of some decimal unit where they are that, else as they are. */
import type { ByteReader, ByteWriter } from './bytes.ts';

/** How a column is written. */
const MODE = { raw: 0, constant: 1, decimals: 2, deltas: 3, none: 4 } as const;

/** Beyond it a difference of two might not be exact, doubled. */
const MOST = 2 ** 51;
/** Decimals that are tried. */
const MOST_DECIMALS = 12;
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, d) => Number(`1e${d}`));

/** Zero for nothing, then 1 for -1, 2 for 1, 3 for -2: small numbers of either sign are small. */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/**
 * The least number of decimals with which every value is a whole number, to the bit; -1 where there is none. A value that is one
 * with some decimals is one with more: it is the same quotient.
 */
function decimalsOf(values: Float64Array): number {
  let decimals = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // Neither of these is a quotient of whole numbers.
    if (value !== value || Object.is(value, -0)) return -1;
    while (!isWhole(value, decimals)) if (++decimals > MOST_DECIMALS) return -1;
  }
  for (let i = 0; i < values.length; i++) if (!isWhole(values[i], decimals)) return -1;
  return decimals;
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
  const decimals = decimalsOf(values);
  if (decimals < 0) {
    writer.u8(MODE.raw);
    return writer.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  writer.u8(changing ? MODE.deltas : MODE.decimals);
  writer.u8(decimals);
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    const whole = Math.round(values[i] * POWERS[decimals]);
    writer.varint(zigzag(whole - before));
    if (changing) before = whole;
  }
}

function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!Object.is(values[i], values[0]) || values[i] !== values[i]) return false;
  return true;
}

/** A column that is not there. */
export function writeNoColumn(writer: ByteWriter): void {
  writer.u8(MODE.none);
}

/** Reads `into`; false where it is not there. @throws {RangeError} where it is no column */
export function readColumn(reader: ByteReader, into: Float64Array): boolean {
  const mode = reader.u8();
  if (mode === MODE.none) return false;
  if (mode === MODE.constant) into.fill(reader.f64());
  else if (mode === MODE.raw) into.set(reader.doubles(into.length));
  else if (mode === MODE.decimals || mode === MODE.deltas) {
    const decimals = reader.u8();
    if (decimals > MOST_DECIMALS) throw new RangeError(`${decimals} decimals`);
    const power = POWERS[decimals];
    let before = 0;
    for (let i = 0; i < into.length; i++) {
      const whole = before + unzigzag(reader.varint());
      into[i] = whole / power;
      if (mode === MODE.deltas) before = whole;
    }
  } else throw new RangeError(`a column of kind ${mode}`);
  return true;
}
