/**
 * Columns of messages, whose whole numbers are written by their bytes: loops of the bus's codec once more. They read and write up to 16
 * numbers behind the last, for which there is room.
 */

/** Where the values of a byte stand in the next loops: for each byte of a map, eight places among those that are set, or 255. */
export function writeRanks(ranks: usize): void {
  for (let map = 0; map < 256; map++) {
    let rank = 0;
    for (let k = 0; k < 8; k++, ranks++) store<u8>(ranks, (map >> k) & 1 ? rank++ : 255);
  }
}

/** How many of the `count` bits of a map are set; -1 where one behind them is. */
export function onesOf(map: usize, count: i32): i32 {
  let ones = 0;
  let i = 0;
  for (; i + 64 <= count; i += 64, map += 8) ones += <i32>popcnt<u64>(load<u64>(map));
  for (; i + 8 <= count; i += 8, map++) ones += popcnt<i32>(load<u8>(map));
  if (i === count) return ones;
  const last = <i32>load<u8>(map);
  return last >> (count - i) === 0 ? ones + popcnt<i32>(last) : -1;
}

/** Puts eight bytes, the lower half of `bytes`, into as many words, `shift` bits up; the lowest ones in place of what was there. */
function putEight(words: usize, bytes: v128, shift: i32): void {
  const wide = i16x8.extend_low_i8x16_u(bytes);
  if (shift === 0) {
    v128.store(words, i32x4.extend_low_i16x8_u(wide));
    v128.store(words, i32x4.extend_high_i16x8_u(wide), 16);
    return;
  }
  v128.store(words, v128.or(v128.load(words), i32x4.shl(i32x4.extend_low_i16x8_u(wide), shift)));
  v128.store(words, v128.or(v128.load(words, 16), i32x4.shl(i32x4.extend_high_i16x8_u(wide), shift)), 16);
}

/** A plane of bytes that are all there. */
export function putBytes(bytes: usize, words: usize, count: i32, shift: i32): void {
  for (let i = 0; i < count; i += 8, bytes += 8, words += 32) putEight(words, v128.load64_zero(bytes), shift);
}

/** A plane of the usual byte, and of others where the map says so. */
export function putOthers(
  map: usize,
  bytes: usize,
  words: usize,
  count: i32,
  shift: i32,
  usual: i32,
  ranks: usize,
): void {
  const usuals = i8x16.splat(<i8>usual);
  const zero = i8x16.splat(0);
  for (let i = 0; i < count; i += 8, map++, words += 32) {
    const places = <usize>load<u8>(map);
    const rank = v128.load64_zero(ranks + 8 * places);
    const others = i8x16.swizzle(v128.load64_zero(bytes), rank);
    putEight(words, v128.or(others, v128.and(usuals, i8x16.lt_s(rank, zero))), shift);
    bytes += popcnt<usize>(places);
  }
}

/** Four whole numbers of four words: the even ones are not negative, and each odd one is. */
function wholesIn(word: v128): v128 {
  return v128.xor(i32x4.shr_u(word, 1), i32x4.neg(v128.and(word, i32x4.splat(1))));
}

/** Whole numbers of words. */
export function wholesOf(low: usize, out: usize, count: i32): void {
  for (let i = 0; i < count; i += 4, low += 16, out += 32) {
    const whole = wholesIn(v128.load(low));
    v128.store(out, f64x2.convert_low_i32x4_s(whole));
    v128.store(out, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(whole, whole, 2, 3, 2, 3)), 16);
  }
}

/**
 * `first` and all whole numbers up to each, divided or multiplied: those of `wholesOf`, `sumUp` and `scaled`, once. Four sums are added
 * up before the newest is known, so that `first` has to be whole, and none of the sums so large that one of them were rounded.
 */
export function sumsOf(low: usize, out: usize, count: i32, first: f64, factor: f64, divisor: f64): void {
  const factors = f64x2.splat(factor);
  const divisors = f64x2.splat(divisor);
  const none = f64x2.splat(0);
  let sum = f64x2.splat(first);
  for (let i = 0; i < count; i += 4, low += 16, out += 32) {
    const whole = wholesIn(v128.load(low));
    let a = f64x2.convert_low_i32x4_s(whole);
    let b = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(whole, whole, 2, 3, 2, 3));
    a = f64x2.add(a, v128.shuffle<f64>(none, a, 0, 2));
    b = f64x2.add(b, v128.shuffle<f64>(none, b, 0, 2));
    b = f64x2.add(b, v128.shuffle<f64>(a, a, 1, 1));
    const all = v128.shuffle<f64>(b, b, 1, 1);
    a = f64x2.add(a, sum);
    b = f64x2.add(b, sum);
    sum = f64x2.add(sum, all);
    if (divisor !== 1) {
      v128.store(out, f64x2.div(a, divisors));
      v128.store(out, f64x2.div(b, divisors), 16);
    } else {
      v128.store(out, f64x2.mul(a, factors));
      v128.store(out, f64x2.mul(b, factors), 16);
    }
  }
}

/** The same of numbers of two words. */
export function longWholesOf(low: usize, high: usize, out: usize, count: i32): void {
  for (let i = 0; i < count; i++, low += 4, high += 4, out += 8) {
    const value = <f64>load<u32>(high) * 4294967296 + <f64>load<u32>(low);
    const isOdd = value < 9007199254740992 && (load<u32>(low) & 1) === 1;
    store<f64>(out, isOdd ? -(value + 1) / 2 : value / 2);
  }
}

/** Adds each number to the sum of `first` and those before it, in place. */
export function sumUp(out: usize, count: i32, first: f64): void {
  let sum = first;
  for (let i = 0; i < count; i++, out += 8) {
    sum += load<f64>(out);
    store<f64>(out, sum);
  }
}

/** Divides numbers, then multiplies them; one of both is 1. */
export function scaled(out: usize, count: i32, factor: f64, divisor: f64): void {
  const factors = f64x2.splat(factor);
  const divisors = f64x2.splat(divisor);
  if (divisor !== 1)
    for (let i = 0, at = out; i < count; i += 2, at += 16) v128.store(at, f64x2.div(v128.load(at), divisors));
  if (factor !== 1)
    for (let i = 0, at = out; i < count; i += 2, at += 16) v128.store(at, f64x2.mul(v128.load(at), factors));
}

/** Takes two bits a number as the place of one of four doubles. */
export function chosenOf(bits: usize, choices: usize, out: usize, count: i32): void {
  for (let i = 0; i < count; i += 4, bits++, out += 32) {
    const four = <usize>load<u8>(bits);
    store<f64>(out, load<f64>(choices + 8 * (four & 3)));
    store<f64>(out, load<f64>(choices + 8 * ((four >> 2) & 3)), 8);
    store<f64>(out, load<f64>(choices + 8 * ((four >> 4) & 3)), 16);
    store<f64>(out, load<f64>(choices + 8 * (four >> 6)), 24);
  }
}

/** Ids of whole numbers, four words each. Returns the place of the first that is none; `count` where all are. */
export function idsOf(numbers: usize, ids: usize, count: i32): i32 {
  const zero = f64x2.splat(0);
  // Added to whole numbers below it, its lowest bits are theirs.
  const whole = f64x2.splat(4503599627370496);
  let i = 0;
  for (; i + 2 <= count; i += 2, numbers += 16, ids += 32) {
    const two = v128.load(numbers);
    const sound = v128.and(f64x2.ge(two, zero), v128.and(f64x2.lt(two, whole), f64x2.eq(f64x2.floor(two), two)));
    if (!i64x2.all_true(sound)) break;
    const bits = v128.xor(f64x2.add(two, whole), whole);
    v128.store(ids, v128.shuffle<u64>(bits, zero, 0, 2));
    v128.store(ids, v128.shuffle<u64>(bits, zero, 1, 2), 16);
  }
  for (; i < count; i++, numbers += 8, ids += 16) {
    const number = load<f64>(numbers);
    if (!(number >= 0 && number <= 9007199254740991 && floor(number) === number)) return i;
    store<u64>(ids, <u64>number);
    store<u64>(ids, 0, 8);
  }
  return count;
}
