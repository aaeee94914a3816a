/** Where a value stands between others, row by row. */
import { bytesOf, column, number, stateOf } from './operands';

export function rangeDistance(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let bottom = column(p, 1, at);
  let top = column(p, 2, at);
  let out = column(p, 3, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, bottom += 8, top += 8, out += 8) {
    const range = load<f64>(top) - load<f64>(bottom);
    const below = load<f64>(top) - load<f64>(x);
    store<f64>(out, range == 0 ? below - below : -100 * (below / range));
  }
  return rows;
}

export function rangePosition(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let bottom = column(p, 1, at);
  let top = column(p, 2, at);
  let out = column(p, 3, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, bottom += 8, top += 8, out += 8) {
    const range = load<f64>(top) - load<f64>(bottom);
    const above = load<f64>(x) - load<f64>(bottom);
    store<f64>(out, range == 0 ? above - above : 100 * (above / range));
  }
  return rows;
}

export function atrPercent(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let price = column(p, 1, at);
  let out = column(p, 2, at);
  const single = number(p, 4, 0) == 1;
  for (const end = out + bytesOf(rows); out < end; x += 8, price += 8, out += 8) {
    const range = load<f64>(x);
    const level = load<f64>(price);
    if (single) store<f64>(out, level == level ? range : NaN);
    else store<f64>(out, level == 0 ? range - range : (range / level) * 100);
  }
  return rows;
}

export function bands(p: usize, at: usize, rows: i32): i32 {
  let middle = column(p, 0, at);
  let variance = column(p, 1, at);
  let upper = column(p, 2, at);
  let lower = column(p, 3, at);
  const up = number(p, 6, 0);
  const down = number(p, 6, 1);
  for (const end = middle + bytesOf(rows); middle < end; middle += 8, variance += 8, upper += 8, lower += 8) {
    const deviation = sqrt(load<f64>(variance));
    store<f64>(upper, load<f64>(middle) + up * deviation);
    store<f64>(lower, load<f64>(middle) - down * deviation);
  }
  return rows;
}

export function valid(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let y = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, y += 8, out += 8) {
    store<f64>(out, load<f64>(y) == load<f64>(y) ? load<f64>(x) : NaN);
  }
  return rows;
}

export function settle(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  const state = stateOf(p, 2);
  const n = number(p, 4, 0);
  let seen = load<f64>(state);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    const value = load<f64>(x);
    store<f64>(out, seen < n ? NaN : value);
    if (seen < n && value == value) seen++;
  }
  store<f64>(state, seen);
  return rows;
}

/** Outputs: up and down, strong, up and down, weak; ranging. */
export function regime(p: usize, at: usize, rows: i32): i32 {
  let strength = column(p, 0, at);
  const fast = column(p, 1, at) - strength;
  const slow = column(p, 2, at) - strength;
  const threshold = number(p, 10, 0);
  for (const end = strength + bytesOf(rows); strength < end; strength += 8) {
    const s = load<f64>(strength);
    const a = load<f64>(strength + fast);
    const b = load<f64>(strength + slow);
    const row = strength - column(p, 0, 0);
    const known = s == s && a == a && b == b;
    const strong = s > threshold;
    store<f64>(column(p, 3, row), known ? <f64>(<i32>(strong && a > b)) : NaN);
    store<f64>(column(p, 4, row), known ? <f64>(<i32>(strong && a < b)) : NaN);
    store<f64>(column(p, 5, row), known ? <f64>(<i32>(!strong && a > b)) : NaN);
    store<f64>(column(p, 6, row), known ? <f64>(<i32>(!strong && a < b)) : NaN);
    store<f64>(column(p, 7, row), known ? <f64>(<i32>!strong) : NaN);
  }
  return rows;
}
