/** Trades before and on the tape: loops of `src/trades` once more, two at a time. What they leave over is the caller's. */

/** Rows that are looked at together; none of them is counted where one is not as it should be. */
const TOGETHER: i32 = 8;

/**
 * How many of the first rows are surely sound, a multiple of eight: prices within bounds, quantities above 0, sides of 1, -1 or NaN,
 * times whole and each less than `silence` after the one before, which is `newest` for the first.
 */
export function soundTrades(
  price: usize,
  quantity: usize,
  side: usize,
  time: usize,
  rows: i32,
  lowest: f64,
  highest: f64,
  newest: f64,
  silence: f64,
): i32 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const infinity = f64x2.splat(Infinity);
  const lows = f64x2.splat(lowest);
  const highs = f64x2.splat(highest);
  const silences = f64x2.splat(silence);
  let before = f64x2.replace_lane(v128.load(time - 8), 0, newest);
  let i = 0;
  for (; i + TOGETHER <= rows; i += TOGETHER) {
    let sound = i64x2.splat(-1);
    for (let k = 0; k < TOGETHER; k += 2) {
      const p = v128.load(price);
      const q = v128.load(quantity);
      const s = v128.load(side);
      const t = v128.load(time);
      const step = f64x2.sub(t, before);
      const off = f64x2.sub(f64x2.mul(s, s), one);
      sound = v128.and(sound, v128.and(f64x2.ge(p, lows), f64x2.le(p, highs)));
      sound = v128.and(sound, v128.and(f64x2.gt(q, zero), f64x2.lt(q, infinity)));
      sound = v128.and(sound, v128.and(f64x2.ge(step, zero), f64x2.lt(step, silences)));
      sound = v128.and(sound, v128.andnot(f64x2.eq(f64x2.floor(t), t), f64x2.gt(f64x2.mul(off, off), zero)));
      price += 16;
      quantity += 16;
      side += 16;
      time += 16;
      // Of the rows that come next.
      before = v128.load(time - 8);
    }
    if (!i64x2.all_true(sound)) break;
  }
  return i;
}

/** Amounts of pairs of rows: what was counted in base units, and times the price. Returns how many rows were done. */
export function tradeAmounts(price: usize, quantity: usize, dollars: usize, size: f64, rows: i32): i32 {
  const sizes = f64x2.splat(size);
  let i = 0;
  for (; i + 2 <= rows; i += 2, price += 16, quantity += 16, dollars += 16) {
    const counted = f64x2.mul(v128.load(quantity), sizes);
    v128.store(quantity, counted);
    v128.store(dollars, f64x2.mul(v128.load(price), counted));
  }
  return i;
}

/** Base units that takers bought, in place of the side, of pairs of rows. Returns how many rows were done. */
export function boughtAmounts(quantity: usize, bought: usize, rows: i32): i32 {
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  let i = 0;
  for (; i + 2 <= rows; i += 2, quantity += 16, bought += 16)
    v128.store(bought, f64x2.mul(v128.load(quantity), f64x2.mul(f64x2.add(v128.load(bought), one), half)));
  return i;
}

/** Signs of what each price is above the one before, as 32-bit integers, of pairs of rows behind another. Returns how many rows were done. */
export function priceDirections(price: usize, direction: usize, rows: i32): i32 {
  const zero = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= rows; i += 2, price += 16, direction += 8) {
    const step = f64x2.sub(v128.load(price), v128.load(price - 8));
    // A mask of ones is -1.
    const sign = i64x2.sub(f64x2.lt(step, zero), f64x2.gt(step, zero));
    v128.store_lane<i64>(direction, v128.shuffle<i32>(sign, sign, 0, 2, 0, 2), 0);
  }
  return i;
}

/**
 * Numbers of the returns, in memory because an engine makes each constant of a loop anew in every turn. Below the first six terms of
 * log1p are all; the next cuts a double into halves whose products are exact; beyond the third that would overflow. Then 1 and the terms.
 */
const NUMBERS = memory.data<f64>([1.0 / 4096, 134217729, 1e300, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6], 16);

/** `writeReturns` of pairs of rows behind another, as far as steps are small. Returns how many rows were done. */
export function tradeReturns(price: usize, high: usize, low: usize, rows: i32): i32 {
  const zero = f64x2.splat(0);
  const small = v128.load64_splat(NUMBERS);
  const split = v128.load64_splat(NUMBERS, 8);
  const far = v128.load64_splat(NUMBERS, 16);
  const one = v128.load64_splat(NUMBERS, 24);
  const half = v128.load64_splat(NUMBERS, 32);
  const third = v128.load64_splat(NUMBERS, 40);
  const quarter = v128.load64_splat(NUMBERS, 48);
  const fifth = v128.load64_splat(NUMBERS, 56);
  const sixth = v128.load64_splat(NUMBERS, 64);
  let i = 0;
  for (; i + 2 <= rows; i += 2, price += 16, high += 16, low += 16) {
    const p = v128.load(price - 8);
    const step = f64x2.sub(v128.load(price), p);
    const inverse = f64x2.div(one, p);
    const x = f64x2.mul(step, inverse);
    const near = f64x2.lt(f64x2.abs(x), small);
    const sound = v128.and(f64x2.gt(p, zero), f64x2.lt(p, far));
    if (!i64x2.all_true(v128.and(near, sound))) break;
    let cut = f64x2.mul(split, x);
    const xHigh = f64x2.sub(cut, f64x2.sub(cut, x));
    const xLow = f64x2.sub(x, xHigh);
    cut = f64x2.mul(split, p);
    const pHigh = f64x2.sub(cut, f64x2.sub(cut, p));
    const pLow = f64x2.sub(p, pHigh);
    let rest = f64x2.sub(step, f64x2.mul(xHigh, pHigh));
    rest = f64x2.sub(rest, f64x2.mul(xHigh, pLow));
    rest = f64x2.sub(rest, f64x2.mul(xLow, pHigh));
    rest = f64x2.sub(rest, f64x2.mul(xLow, pLow));
    let terms = f64x2.sub(fifth, f64x2.mul(x, sixth));
    terms = f64x2.sub(f64x2.mul(x, terms), quarter);
    terms = f64x2.add(third, f64x2.mul(x, terms));
    terms = f64x2.sub(f64x2.mul(x, terms), half);
    const tail = f64x2.add(f64x2.mul(rest, inverse), f64x2.mul(f64x2.mul(x, x), terms));
    const sum = f64x2.add(x, tail);
    v128.store(high, sum);
    v128.store(low, f64x2.sub(tail, f64x2.sub(sum, x)));
  }
  return i;
}

/** How many of the first ids, four words each, are `low`, `low` + 1 and so on, with `high` above them and nothing above that. */
export function denseIds(ids: usize, rows: i32, low: i32, high: i32): i32 {
  let next = i32x4(low, high, 0, 0);
  const one = i32x4(1, 0, 0, 0);
  let i = 0;
  for (; i + TOGETHER <= rows; i += TOGETHER) {
    let off = i32x4.splat(0);
    for (let k = 0; k < TOGETHER; k++, ids += 16) {
      off = v128.or(off, v128.xor(v128.load(ids), next));
      next = i32x4.add(next, one);
    }
    if (v128.any_true(off)) break;
  }
  return i;
}
