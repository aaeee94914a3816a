/**
 * Columns of files, as they are decoded: loops of files of trades once more. They read and write up to 16 numbers behind the last, for
 * which there is room.
 */

/** Ids of four words of `count` integers; returns whether one of them, or of those behind them, is negative. */
export function wideIds(integers: usize, ids: usize, count: i32): i32 {
  const zero = i64x2.splat(0);
  let some = zero;
  for (let i = 0; i < count; i += 2, integers += 16, ids += 32) {
    const pair = v128.load(integers);
    some = v128.or(some, pair);
    v128.store(ids, v128.shuffle<i64>(pair, zero, 0, 2));
    v128.store(ids, v128.shuffle<i64>(pair, zero, 1, 2), 16);
  }
  return i64x2.bitmask(some);
}

/** Doubles of `count` integers, each times `scale`. */
export function wideNumbers(integers: usize, out: usize, count: i32, scale: f64): void {
  for (let i = 0; i < count; i++, integers += 8, out += 8) store<f64>(out, <f64>load<i64>(integers) * scale);
}

/** Doubles of `count` bytes; NaN of those that are `none`. */
export function wideBytes(bytes: usize, out: usize, count: i32, none: f64): void {
  const nones = f64x2.splat(none);
  const nan = f64x2.splat(NaN);
  for (let i = 0; i < count; i += 4, bytes += 4, out += 32) {
    const four = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(bytes)));
    const first = f64x2.convert_low_i32x4_s(four);
    const second = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(four, four, 2, 3, 2, 3));
    v128.store(out, v128.bitselect(nan, first, f64x2.eq(first, nones)));
    v128.store(out, v128.bitselect(nan, second, f64x2.eq(second, nones)), 16);
  }
}
