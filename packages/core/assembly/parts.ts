/**
 * Parts of bars: the loops of `src/bars/part.ts` and `src/bars/moments.ts` once more. Lanes are not neighbouring trades here, for each
 * sum waits for the one before it, but sums side by side. Slots are those of part.ts.
 */

/** Address of a slot. */
function slot(part: usize, index: i32): usize {
  return part + ((<usize>index) << 3);
}

const HIGH: i32 = 2;
const LOW: i32 = 3;
/** Base units, quote units, base units that takers bought: two slots each. */
const VOLUME: i32 = 7;
const PRICE_CHANGES: i32 = 13;
const DIRECTION_CHANGES: i32 = 14;
const LAST_DIRECTION: i32 = 16;
const PRICES: i32 = 20;
const QUANTITIES: i32 = 26;
const RETURNS: i32 = 32;
const GROUP_PRICES: i32 = 38;
const GROUP_QUANTITIES: i32 = 44;
const GROUP_RETURNS: i32 = 50;
const GROUP_RETURN_COUNT: i32 = 54;

/** Trades a group. */
const GROUP: i32 = 64;

/** Doubles of two columns, side by side. */
function both(first: usize, second: usize): v128 {
  return v128.load_lane<f64>(second, v128.load64_zero(first), 1);
}

/** What rounding took from a + b = sum: of the smaller, what it did not make the larger grow by. */
function lost(a: v128, b: v128, sum: v128): v128 {
  const above = f64x2.gt(f64x2.abs(b), f64x2.abs(a));
  const larger = v128.bitselect(b, a, above);
  const smaller = v128.bitselect(a, b, above);
  return f64x2.sub(smaller, f64x2.sub(sum, larger));
}

/** The exact sums of all rows. */
export function partSums(part: usize, quantity: usize, dollars: usize, bought: usize, rows: i32): void {
  const at = slot(part, VOLUME);
  let high = both(at, at + 16);
  let low = both(at + 8, at + 24);
  let buy = v128.load64_zero(at + 32);
  let buyLow = v128.load64_zero(at + 40);
  for (let i = 0; i < rows; i++, quantity += 8, dollars += 8, bought += 8) {
    const value = both(quantity, dollars);
    const taken = v128.load64_zero(bought);
    const sum = f64x2.add(high, value);
    const buys = f64x2.add(buy, taken);
    const above = f64x2.gt(f64x2.abs(value), f64x2.abs(high));
    // That a trade is larger than all before it in the bar is rare.
    if (v128.any_true(v128.or(above, f64x2.gt(f64x2.abs(taken), f64x2.abs(buy))))) {
      low = f64x2.add(low, lost(high, value, sum));
      buyLow = f64x2.add(buyLow, lost(buy, taken, buys));
    } else {
      low = f64x2.add(low, f64x2.sub(value, f64x2.sub(sum, high)));
      buyLow = f64x2.add(buyLow, f64x2.sub(taken, f64x2.sub(buys, buy)));
    }
    high = sum;
    buy = buys;
  }
  v128.store_lane<f64>(at, high, 0);
  v128.store_lane<f64>(at + 8, low, 0);
  v128.store_lane<f64>(at + 16, high, 1);
  v128.store_lane<f64>(at + 24, low, 1);
  v128.store_lane<f64>(at + 32, buy, 0);
  v128.store_lane<f64>(at + 40, buyLow, 0);
}

/** High, low and the sequence of price changes, of trades that follow another of the bar. */
export function partPrices(part: usize, price: usize, direction: usize, rows: i32): void {
  // The low is the greatest of what is turned about.
  const about = i64x2(0, i64.MIN_VALUE);
  let reach = v128.xor(both(slot(part, HIGH), slot(part, LOW)), about);
  let changes = 0;
  let turns = 0;
  let last = <i32>load<f64>(slot(part, LAST_DIRECTION));
  for (let i = 0; i < rows; i++, price += 8, direction += 4) {
    reach = f64x2.pmax(reach, v128.xor(v128.load64_splat(price), about));
    const sign = load<i32>(direction);
    changes += sign & 1;
    turns -= (sign * last) >> 31;
    last = sign == 0 ? last : sign;
  }
  reach = v128.xor(reach, about);
  v128.store_lane<f64>(slot(part, HIGH), reach, 0);
  v128.store_lane<f64>(slot(part, LOW), reach, 1);
  store<f64>(slot(part, PRICE_CHANGES), load<f64>(slot(part, PRICE_CHANGES)) + <f64>changes);
  store<f64>(slot(part, DIRECTION_CHANGES), load<f64>(slot(part, DIRECTION_CHANGES)) + <f64>turns);
  store<f64>(slot(part, LAST_DIRECTION), <f64>last);
}

/** Power sums of trades that fit into the unfinished group. */
function addGroup(part: usize, price: usize, quantity: usize, high: usize, low: usize, rows: i32): void {
  const prices = slot(part, GROUP_PRICES);
  const quantities = slot(part, GROUP_QUANTITIES);
  const returns = slot(part, GROUP_RETURNS);
  const first = both(prices, quantities);
  const firstReturn = v128.load(returns);
  let s1 = both(prices + 16, quantities + 16);
  let s2 = both(prices + 24, quantities + 24);
  let s3 = both(prices + 32, quantities + 32);
  let s4 = both(prices + 40, quantities + 40);
  let r = v128.load(returns, 16);
  for (let i = 0; i < rows; i++, price += 8, quantity += 8, high += 8, low += 8) {
    const d = f64x2.sub(both(price, quantity), first);
    const dd = f64x2.mul(d, d);
    s1 = f64x2.add(s1, d);
    s2 = f64x2.add(s2, dd);
    s3 = f64x2.add(s3, f64x2.mul(dd, d));
    s4 = f64x2.add(s4, f64x2.mul(dd, dd));
    const halves = f64x2.sub(both(high, low), firstReturn);
    const step = f64x2.add(halves, v128.shuffle<i64>(halves, halves, 1, 0));
    // The distance, and its square.
    r = f64x2.add(r, v128.shuffle<i64>(step, f64x2.mul(step, step), 0, 2));
  }
  v128.store_lane<f64>(prices + 16, s1, 0);
  v128.store_lane<f64>(prices + 24, s2, 0);
  v128.store_lane<f64>(prices + 32, s3, 0);
  v128.store_lane<f64>(prices + 40, s4, 0);
  v128.store_lane<f64>(quantities + 16, s1, 1);
  v128.store_lane<f64>(quantities + 24, s2, 1);
  v128.store_lane<f64>(quantities + 32, s3, 1);
  v128.store_lane<f64>(quantities + 40, s4, 1);
  v128.store(returns, r, 16);
}

/** `mergePowerSums` of both packages: n values given at `p` into the moments at `s`. */
function mergePowerSums(s: usize, n: f64, p: usize, order: i32): void {
  if (n == 0) return;
  const shift = load<f64>(p);
  const s1 = load<f64>(p, 16);
  const s2 = load<f64>(p, 24);
  const m = s1 / n;
  const mm = m * m;
  const mean = shift + m;
  const shadow = mean - shift;
  const meanLow = shift - (mean - shadow) + (m - shadow) + load<f64>(p, 8);
  const squares = max<f64>(0, s2 - s1 * m);
  let cubes: f64 = 0;
  let fourths: f64 = 0;
  if (order == 4) {
    const s3 = load<f64>(p, 32);
    cubes = s3 - 3 * m * s2 + 2 * n * mm * m;
    fourths = max<f64>(0, load<f64>(p, 40) - 4 * m * s3 + 6 * mm * s2 - 3 * n * mm * mm);
  }
  mergeMoments(s, n, mean, meanLow, squares, cubes, fourths);
}

function mergeMoments(s: usize, n: f64, mean: f64, meanLow: f64, m2: f64, m3: f64, m4: f64): void {
  const na = load<f64>(s);
  if (na == 0) {
    store<f64>(s, n);
    store<f64>(s, mean, 8);
    store<f64>(s, meanLow, 16);
    store<f64>(s, m2, 24);
    store<f64>(s, m3, 32);
    store<f64>(s, m4, 40);
    return;
  }
  const total = na + n;
  const own = load<f64>(s, 8);
  const ownLow = load<f64>(s, 16);
  const delta = mean - own + (meanLow - ownLow);
  const step = delta / total;
  const step2 = step * step;
  const spread = delta * step * na * n;
  const a2 = load<f64>(s, 24);
  const a3 = load<f64>(s, 32);
  const cross = m4 + spread * step2 * (na * na - na * n + n * n) + 6 * step2 * (na * na * m2 + n * n * a2);
  store<f64>(s, load<f64>(s, 40) + (cross + 4 * step * (na * m3 - n * a3)), 40);
  store<f64>(s, a3 + m3 + spread * step * (na - n) + 3 * step * (na * m2 - n * a2), 32);
  store<f64>(s, a2 + m2 + spread, 24);
  const move = step * n;
  const sum = own + move;
  const shadow = sum - own;
  store<f64>(s, sum, 8);
  store<f64>(s, ownLow + (own - (sum - shadow) + (move - shadow)), 16);
  store<f64>(s, total);
}

/** Merges the unfinished group into the moments and clears it. */
function closeGroup(part: usize): void {
  const count = <f64>GROUP;
  mergePowerSums(slot(part, PRICES), count, slot(part, GROUP_PRICES), 4);
  mergePowerSums(slot(part, QUANTITIES), count, slot(part, GROUP_QUANTITIES), 4);
  const returns = load<f64>(slot(part, GROUP_RETURN_COUNT));
  mergePowerSums(slot(part, RETURNS), returns, slot(part, GROUP_RETURNS), 2);
  memory.fill(slot(part, GROUP_PRICES), 0, 8 * (GROUP_RETURN_COUNT + 1 - GROUP_PRICES));
}

/** Power sums of trades behind the first `ticks` of the bar, by groups. */
export function partMoments(
  part: usize,
  price: usize,
  quantity: usize,
  high: usize,
  low: usize,
  ticks: i32,
  rows: i32,
): void {
  while (rows > 0) {
    const inGroup = ticks % GROUP;
    const count = min(rows, GROUP - inGroup);
    if (inGroup == 0) {
      store<f64>(slot(part, GROUP_PRICES), load<f64>(price));
      store<f64>(slot(part, GROUP_QUANTITIES), load<f64>(quantity));
    }
    const returns = slot(part, GROUP_RETURN_COUNT);
    if (load<f64>(returns) == 0) {
      store<f64>(slot(part, GROUP_RETURNS), load<f64>(high));
      store<f64>(slot(part, GROUP_RETURNS), load<f64>(low), 8);
    }
    store<f64>(returns, load<f64>(returns) + <f64>count);
    addGroup(part, price, quantity, high, low, count);
    const bytes = (<usize>count) << 3;
    price += bytes;
    quantity += bytes;
    high += bytes;
    low += bytes;
    ticks += count;
    rows -= count;
    if (ticks % GROUP == 0) closeGroup(part);
  }
}
