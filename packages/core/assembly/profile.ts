/**
 * Volume profiles: `kernels/profile-bins.ts` and `operators/structure/volume_profile.ts` once more. Shares are multiples of a unit
 * so large that every sum of them is exact, so that bins may be added up in any order.
 */

/** Where values stand in the state, in bytes. */
const TOP: usize = 0;
const BOTTOM: usize = 8;
const SCALE: usize = 16;
const ROUNDER: usize = 24;
const SUM: usize = 32;
const FULLEST: usize = 40;
const LEVEL: usize = 48;
const BINS: usize = 64;
const FIRST_SLOT: f64 = 8;

const SPREAD: f64 = 4503599627370497;
const BELOW_ONE: f64 = 1 - 1.1102230246251565e-16;
const SHARE: f64 = 0.7;
const MARGIN: f64 = 1.1;

function rounderOf(total: f64): f64 {
  const q = total * SPREAD;
  const rounder = 4 * abs(q - q * BELOW_ONE);
  // Not a number where a volume is beyond what doubles hold.
  return rounder > 0 ? rounder : 1;
}

/** The greatest of n values, none of them NaN. */
function greatest(values: usize, n: i32): f64 {
  let a = v128.load_splat<f64>(values);
  let b = a;
  let k = 0;
  for (; k + 4 <= n; k += 4, values += 32) {
    a = f64x2.pmax(a, v128.load(values));
    b = f64x2.pmax(b, v128.load(values, 16));
  }
  a = f64x2.pmax(a, b);
  let most = max(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  for (; k < n; k++, values += 8) most = max(most, load<f64>(values));
  return most;
}

/** The least of n values, none of them NaN. */
function least(values: usize, n: i32): f64 {
  let a = v128.load_splat<f64>(values);
  let b = a;
  let k = 0;
  for (; k + 4 <= n; k += 4, values += 32) {
    a = f64x2.pmin(a, v128.load(values));
    b = f64x2.pmin(b, v128.load(values, 16));
  }
  a = f64x2.pmin(a, b);
  let fewest = min(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  for (; k < n; k++, values += 8) fewest = min(fewest, load<f64>(values));
  return fewest;
}

function binOf(above: f64, scale: f64, count: i32): i32 {
  return min(<i32>(above * scale), count - 1);
}

/** The bins of two prices at once. */
function binsOf(prices: usize, bottom: v128, scale: v128, last: v128): v128 {
  return i32x4.min_s(i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(v128.load(prices), bottom), scale)), last);
}

function cell(bins: usize, bin: i32): usize {
  return bins + ((<usize>bin) << 3);
}

function addTo(at: usize, volume: f64): void {
  store<f64>(at, load<f64>(at) + volume);
}

/** Two marks a bar, in n rows. */
function markBars(
  bins: usize,
  count: i32,
  high: usize,
  low: usize,
  volume: usize,
  n: i32,
  bottom: f64,
  scale: f64,
  rounder: f64,
): void {
  memory.fill(bins, 0, (<usize>count + 1) << 3);
  const bottoms = f64x2.splat(bottom);
  const scales = f64x2.splat(scale);
  const rounders = f64x2.splat(rounder);
  const lasts = i32x4.splat(count - 1);
  const ones = i32x4.splat(1);
  let k = 0;
  for (; k + 2 <= n; k += 2, high += 16, low += 16, volume += 16) {
    const first = binsOf(low, bottoms, scales, lasts);
    const end = i32x4.add(binsOf(high, bottoms, scales, lasts), ones);
    const wide = f64x2.convert_low_i32x4_s(i32x4.sub(end, first));
    const shares = f64x2.sub(f64x2.add(f64x2.div(v128.load(volume), wide), rounders), rounders);
    const share = f64x2.extract_lane(shares, 0);
    const next = f64x2.extract_lane(shares, 1);
    addTo(cell(bins, i32x4.extract_lane(first, 0)), share);
    addTo(cell(bins, i32x4.extract_lane(end, 0)), -share);
    addTo(cell(bins, i32x4.extract_lane(first, 1)), next);
    addTo(cell(bins, i32x4.extract_lane(end, 1)), -next);
  }
  if (k < n) {
    const first = binOf(load<f64>(low) - bottom, scale, count);
    const end = binOf(load<f64>(high) - bottom, scale, count) + 1;
    const share = load<f64>(volume) / <f64>(end - first) + rounder - rounder;
    addTo(cell(bins, first), share);
    addTo(cell(bins, end), -share);
  }
}

function setFullest(state: usize, most: f64): void {
  let bin = state + BINS;
  while (load<f64>(bin) != most) bin += 8;
  store<f64>(state, <f64>((<i32>(bin - state)) >> 3), FULLEST);
}

/** Turns marks into what the bins hold, four at a time, with its sum and the fullest. */
function sumMarks(state: usize, count: i32): void {
  const zero = f64x2.splat(0);
  let held = zero;
  let sums = zero;
  let most = f64x2.splat(-1);
  let at = state + BINS;
  let b = 0;
  for (; b + 4 <= count; b += 4, at += 32) {
    let x = v128.load(at);
    let y = v128.load(at, 16);
    x = f64x2.add(x, v128.shuffle<f64>(zero, x, 0, 2));
    y = f64x2.add(y, v128.shuffle<f64>(zero, y, 0, 2));
    y = f64x2.add(y, v128.shuffle<f64>(x, x, 1, 1));
    const all = v128.shuffle<f64>(y, y, 1, 1);
    x = f64x2.add(x, held);
    y = f64x2.add(y, held);
    held = f64x2.add(held, all);
    v128.store(at, x);
    v128.store(at, y, 16);
    sums = f64x2.add(sums, f64x2.add(x, y));
    most = f64x2.pmax(most, f64x2.pmax(x, y));
  }
  let volume = f64x2.extract_lane(held, 0);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  let fullest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  for (; b < count; b++, at += 8) {
    volume += load<f64>(at);
    store<f64>(at, volume);
    sum += volume;
    fullest = max(fullest, volume);
  }
  store<f64>(state + BINS - 8, -1);
  store<f64>(at, -1);
  store<f64>(state, sum, SUM);
  setFullest(state, fullest);
}

/** Takes the row n before out of the bins and puts this one in. */
function replaceInBins(
  state: usize,
  count: i32,
  high: usize,
  low: usize,
  volume: usize,
  n: i32,
  bottom: f64,
  scale: f64,
  rounder: f64,
): void {
  const bins = state + BINS;
  const back = (<usize>n) << 3;
  const outFirst = binOf(load<f64>(low - back) - bottom, scale, count);
  const outLast = binOf(load<f64>(high - back) - bottom, scale, count);
  const less = load<f64>(volume - back) / <f64>(outLast - outFirst + 1) + rounder - rounder;
  for (let at = cell(bins, outFirst), end = cell(bins, outLast); at <= end; at += 8) addTo(at, -less);
  const first = binOf(load<f64>(low) - bottom, scale, count);
  const last = binOf(load<f64>(high) - bottom, scale, count);
  const more = load<f64>(volume) / <f64>(last - first + 1) + rounder - rounder;
  const before = <i32>(load<f64>(state, FULLEST) - FIRST_SLOT);
  let fullest = before;
  let most = load<f64>(cell(bins, before)) + (first <= before && before <= last ? more : 0);
  for (let b = first; b <= last; b++) {
    const held = load<f64>(cell(bins, b)) + more;
    store<f64>(cell(bins, b), held);
    if (held >= most && (held > most || b < fullest)) {
      most = held;
      fullest = b;
    }
  }
  const change = more * <f64>(last - first + 1) - less * <f64>(outLast - outFirst + 1);
  store<f64>(state, load<f64>(state, SUM) + change, SUM);
  // Where the fullest has lost volume, any other may be fuller now.
  if (outFirst <= before && before <= outLast) setFullest(state, greatest(bins, count));
  else store<f64>(state, <f64>fullest + FIRST_SLOT, FULLEST);
}

/** Writes the middle of the fullest bin and the edges of the value area around it. */
function writeProfile(state: usize, count: i32, poc: usize, val: usize, vah: usize): void {
  const bins = state + BINS;
  const fullest = state + ((<usize>load<f64>(state, FULLEST)) << 3);
  const target = SHARE * load<f64>(state, SUM);
  let first = fullest;
  let last = fullest;
  let held = load<f64>(fullest);
  // Bits of doubles of one sign are ordered as the doubles are, and those of the -1 at either end are below them: integers
  // are compared sooner. What comes behind is loaded before it is known whether it is needed.
  let below = load<i64>(first - 8);
  let above = load<i64>(last + 8);
  let nextBelow = load<i64>(first - 16);
  let nextAbove = load<i64>(last + 16);
  while (held < target) {
    const down = below >= above;
    const up = above >= below;
    first -= (<usize>(<i32>down)) << 3;
    last += (<usize>(<i32>up)) << 3;
    held += reinterpret<f64>(select<i64>(below, 0, down));
    held += reinterpret<f64>(select<i64>(above, 0, up));
    below = select<i64>(nextBelow, below, down);
    above = select<i64>(nextAbove, above, up);
    nextBelow = load<i64>(first - 16);
    nextAbove = load<i64>(last + 16);
  }
  store<f64>(state, MARGIN * max(max(reinterpret<f64>(below), reinterpret<f64>(above)), 0), LEVEL);
  const bottom = load<f64>(state, BOTTOM);
  const scale = load<f64>(state, SCALE);
  const end = (<i32>(last - bins)) >> 3;
  store<f64>(poc, bottom + (<f64>((<i32>(fullest - bins)) >> 3) + 0.5) / scale);
  store<f64>(val, bottom + <f64>((<i32>(first - bins)) >> 3) / scale);
  store<f64>(vah, end == count - 1 ? load<f64>(state, TOP) : bottom + <f64>(end + 1) / scale);
}

/** The bins of a window that has a value and a range, or not. */
function fitBins(high: usize, low: usize, volume: usize, state: usize, total: f64, n: i32, count: i32): void {
  const back = (<usize>n) << 3;
  const fresh = !(load<f64>(state, ROUNDER) > 0);
  const wasTop = load<f64>(state, TOP);
  const wasBottom = load<f64>(state, BOTTOM);
  const topLost = fresh || load<f64>(high - back) >= wasTop;
  const bottomLost = fresh || load<f64>(low - back) <= wasBottom;
  const top = (topLost ? greatest(high - back + 8, n) : max(wasTop, load<f64>(high))) + 0;
  const bottom = (bottomLost ? least(low - back + 8, n) : min(wasBottom, load<f64>(low))) + 0;
  const rounder = rounderOf(total);
  const kept = load<f64>(state, ROUNDER) == rounder && top == wasTop && bottom == wasBottom;
  if (!kept) {
    store<f64>(state, top, TOP);
    store<f64>(state, bottom, BOTTOM);
    store<f64>(state, <f64>count / (top - bottom), SCALE);
    store<f64>(state, rounder, ROUNDER);
  }
  const scale = load<f64>(state, SCALE);
  if (!(scale < Infinity)) return;
  if (kept) replaceInBins(state, count, high, low, volume, n, bottom, scale, rounder);
  else {
    markBars(state + BINS, count, high - back + 8, low - back + 8, volume - back + 8, n, bottom, scale, rounder);
    sumMarks(state, count);
  }
}

export function profile(
  high: usize,
  low: usize,
  volume: usize,
  poc: usize,
  val: usize,
  vah: usize,
  state: usize,
  n: i32,
  count: i32,
  rows: i32,
  clean: f64,
): f64 {
  for (; rows > 0; rows--, high += 8, low += 8, volume += 8, poc += 8, val += 8, vah += 8) {
    const total = load<f64>(poc);
    const range = load<f64>(high) - load<f64>(low);
    const usable = load<f64>(volume) >= 0 && load<f64>(high) >= load<f64>(low) && range < Infinity;
    clean = usable ? min(clean + 1, <f64>n) : 0;
    if (clean < <f64>n || total != total) {
      store<f64>(poc, NaN);
      store<f64>(val, NaN);
      store<f64>(vah, NaN);
      store<f64>(state, 0, TOP);
      store<f64>(state, 0, BOTTOM);
      store<f64>(state, 0, ROUNDER);
      continue;
    }
    fitBins(high, low, volume, state, total, n, count);
    if (load<f64>(state, SCALE) < Infinity) writeProfile(state, count, poc, val, vah);
    else {
      const price = load<f64>(state, BOTTOM);
      store<f64>(poc, price);
      store<f64>(val, price);
      store<f64>(vah, price);
    }
  }
  return clean;
}
