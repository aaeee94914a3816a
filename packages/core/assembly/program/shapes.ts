/** Shapes of candlestick patterns: `findShapes` of `kernels/shape-table` once more. */
import { bytesOf, column, number, stateOf } from './operands';

/** A candle has five parts of six bits; of each part the table has 64 words. */
const MASK: i32 = 63;
const PART: usize = 4 * 64;
const CANDLE: usize = 5 * PART;

function word(table: usize, bits: i32): i32 {
  return load<i32>(table + ((<usize>(bits & MASK)) << 2));
}

/** The shapes that allow a candle of these bits. */
function allowed(table: usize, bits: i32): i32 {
  return (
    word(table, bits) &
    word(table + PART, bits >> 6) &
    word(table + 2 * PART, bits >> 12) &
    word(table + 3 * PART, bits >> 18) &
    word(table + 4 * PART, bits >> 24)
  );
}

/** Bits of a candle; 0, which no candle has, of NaN. */
function bitsAt(row: usize): i32 {
  const value = load<f64>(row);
  return value == value ? <i32>value : 0;
}

export function shapes(p: usize, at: usize, rows: i32): i32 {
  let bits = column(p, 0, at);
  const out = column(p, 1, at) - bits;
  const table = stateOf(p, 2);
  const candles = <i32>number(p, 4, 0);
  let before = candles > 1 ? bitsAt(bits - 8) : 1;
  let twoBefore = candles > 2 ? bitsAt(bits - 16) : 1;
  for (const end = bits + bytesOf(rows); bits < end; bits += 8) {
    const now = bitsAt(bits);
    let there = allowed(table, now);
    if (candles > 1) there &= allowed(table + CANDLE, before);
    if (candles > 2) there &= allowed(table + 2 * CANDLE, twoBefore);
    store<f64>(bits + out, now == 0 || before == 0 || twoBefore == 0 ? NaN : <f64>there);
    if (candles > 2) twoBefore = before;
    if (candles > 1) before = now;
  }
  return rows;
}
