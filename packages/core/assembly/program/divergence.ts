/** `divergence` and its kernel `extreme` once more. Rows are addresses; `y` and `v` are how far behind a row of x that of another column is. */
import { bytesOf, column, number, stateOf } from './operands';

function isPeak(x: usize, wing: usize, sign: f64): bool {
  const peak = load<f64>(x) * sign;
  for (let k: usize = 8; k <= wing; k += 8)
    if (!(load<f64>(x - k) * sign < peak) || !(load<f64>(x + k) * sign <= peak)) return false;
  return true;
}

function isExtreme(x: usize, y: usize, wing: usize, sign: f64, share: f64): bool {
  if (!isPeak(x, wing, sign)) return false;
  const value = load<f64>(x);
  const needed = share * value;
  for (let k = x - wing; k <= x + wing; k += 8) if ((value - load<f64>(k + y)) * sign >= needed) return true;
  return false;
}

function diverges(x: usize, y: usize, v: usize, wing: usize, span: usize, sign: f64, share: f64, level: f64): f64 {
  if (!isExtreme(x, y, wing, sign, share)) return 0;
  for (let k = x - 8; k >= x - span; k -= 8) {
    if (!isExtreme(k, y, wing, sign, share)) continue;
    const further = (load<f64>(x) - load<f64>(k)) * sign > 0;
    const other = load<f64>(k + v);
    return further && (load<f64>(x + v) - other) * sign < 0 && (other - level) * sign > 0 ? 1 : 0;
  }
  return 0;
}

export function divergence(p: usize, at: usize, rows: i32): i32 {
  let high = column(p, 0, at);
  const low = column(p, 1, at) - high;
  const v = column(p, 2, at) - high;
  const bullish = column(p, 3, at) - high;
  const bearish = column(p, 4, at) - high;
  const state = stateOf(p, 5);
  const wing = bytesOf(<i32>number(p, 6, 0));
  const span = bytesOf(<i32>number(p, 6, 1));
  const known = 2 * number(p, 6, 0) + number(p, 6, 1) + 1;
  const share = number(p, 6, 2) / 100;
  const upper = number(p, 6, 3);
  const lower = number(p, 6, 4);
  let clean = load<f64>(state);
  for (const end = high + bytesOf(rows); high < end; high += 8) {
    const top = load<f64>(high);
    const bottom = load<f64>(high + low);
    const x = load<f64>(high + v);
    clean = top == top && bottom == bottom && x == x ? min(clean + 1, known) : 0;
    const peak = high - wing;
    const isKnown = clean == known;
    store<f64>(high + bullish, isKnown ? diverges(peak + low, -low, v - low, wing, span, -1, share, lower) : NaN);
    store<f64>(high + bearish, isKnown ? diverges(peak, low, v, wing, span, 1, share, upper) : NaN);
  }
  store<f64>(state, clean);
  return rows;
}
