/** What a bar moved, row by row or from the row before. */
import { bytesOf, column, number, stateOf } from './operands';

/** Numbers: the period, what a row keeps of the sums before it, and the scale. */
export function directional(p: usize, at: usize, rows: i32): i32 {
  let high = column(p, 0, at);
  const low = column(p, 1, at) - high;
  const close = column(p, 2, at) - high;
  const plusOut = column(p, 3, at) - high;
  const minusOut = column(p, 4, at) - high;
  const state = stateOf(p, 5);
  if (load<f64>(state) <= number(p, 6, 0)) return 0;
  const keep = number(p, 6, 1);
  const scale = number(p, 6, 2);
  let lastHigh = load<f64>(state, 8);
  let lastLow = load<f64>(state, 16);
  let lastClose = load<f64>(state, 24);
  let plus = load<f64>(state, 32);
  let minus = load<f64>(state, 40);
  let range = load<f64>(state, 48);
  let plusShare = load<f64>(state, 56);
  let minusShare = load<f64>(state, 64);
  for (const end = high + bytesOf(rows); high < end; high += 8) {
    const h = load<f64>(high);
    const l = load<f64>(high + low);
    const c = load<f64>(high + close);
    if (h != h || l != l || c != c) {
      store<f64>(high + plusOut, NaN);
      store<f64>(high + minusOut, NaN);
      continue;
    }
    const up = h - lastHigh;
    const down = lastLow - l;
    const top = h > lastClose ? h : lastClose;
    const bottom = l < lastClose ? l : lastClose;
    plus = plus * keep + (up > 0 && up > down ? up : 0);
    minus = minus * keep + (down > 0 && down > up ? down : 0);
    range = range * keep + (top - bottom);
    if (top > bottom) {
      plusShare = plus / range;
      minusShare = minus / range;
    } else if (keep == 0) {
      plusShare = 0;
      minusShare = 0;
    }
    lastHigh = h;
    lastLow = l;
    lastClose = c;
    store<f64>(high + plusOut, scale * plusShare);
    store<f64>(high + minusOut, scale * minusShare);
  }
  store<f64>(state, lastHigh, 8);
  store<f64>(state, lastLow, 16);
  store<f64>(state, lastClose, 24);
  store<f64>(state, plus, 32);
  store<f64>(state, minus, 40);
  store<f64>(state, range, 48);
  store<f64>(state, plusShare, 56);
  store<f64>(state, minusShare, 64);
  return rows;
}

export function obv(p: usize, at: usize, rows: i32): i32 {
  let close = column(p, 0, at);
  let volume = column(p, 1, at);
  let out = column(p, 2, at);
  const state = stateOf(p, 3);
  let seen = load<f64>(state);
  let last = load<f64>(state, 8);
  let sum = load<f64>(state, 16);
  for (const end = out + bytesOf(rows); out < end; close += 8, volume += 8, out += 8) {
    const c = load<f64>(close);
    const v = load<f64>(volume);
    if (c != c || v != v) {
      store<f64>(out, NaN);
      continue;
    }
    if (seen == 0 || c > last) sum += v;
    else if (c < last) sum -= v;
    seen = 1;
    last = c;
    store<f64>(out, sum);
  }
  store<f64>(state, seen);
  store<f64>(state, last, 8);
  store<f64>(state, sum, 16);
  return rows;
}

export function moneyFlow(p: usize, at: usize, rows: i32): i32 {
  let price = column(p, 0, at);
  let volume = column(p, 1, at);
  let inflow = column(p, 2, at);
  let outflow = column(p, 3, at);
  for (const end = price + bytesOf(rows); price < end; price += 8, volume += 8, inflow += 8, outflow += 8) {
    const now = load<f64>(price);
    const before = load<f64>(price - 8);
    const flow = now * load<f64>(volume);
    const change = now - before;
    // 0, or NaN if there is one in what was read.
    const none = (flow + change) * 0;
    const least = 5e-16 * (abs(now) + abs(before));
    store<f64>(inflow, change > least ? flow : none);
    store<f64>(outflow, change < -least ? flow : none);
  }
  return rows;
}

export function buyingPressure(p: usize, at: usize, rows: i32): i32 {
  let low = column(p, 0, at);
  let close = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; low += 8, close += 8, out += 8) {
    store<f64>(out, load<f64>(close) - min(load<f64>(low), load<f64>(close - 8)));
  }
  return rows;
}

export function trueRange(p: usize, at: usize, rows: i32): i32 {
  let high = column(p, 0, at);
  let low = column(p, 1, at);
  let close = column(p, 2, at);
  let out = column(p, 3, at);
  for (const end = out + bytesOf(rows); out < end; high += 8, low += 8, close += 8, out += 8) {
    const h = load<f64>(high);
    const l = load<f64>(low);
    const last = load<f64>(close - 8);
    store<f64>(out, max(max(h - l, abs(h - last)), abs(l - last)));
  }
  return rows;
}

export function typicalPrice(p: usize, at: usize, rows: i32): i32 {
  let high = column(p, 0, at);
  let low = column(p, 1, at);
  let close = column(p, 2, at);
  let out = column(p, 3, at);
  for (const end = out + bytesOf(rows); out < end; high += 8, low += 8, close += 8, out += 8) {
    store<f64>(out, (load<f64>(high) + load<f64>(low) + load<f64>(close)) / 3);
  }
  return rows;
}
