/** Candlestick patterns, and the bits of candles that they share: `kernels/shape-table` and `operators/pattern` once more. */
import { bytesOf, column, number, stateOf } from './operands';

/**
 * Rows up to the first that has a shape which something else has to be looked at for; that is left to the loop in TypeScript, as is
 * all while a pattern waits to be confirmed. Numbers: the bits of such shapes; the rows in a row that must have shapes, 0 where they are not
 * counted, and the slot where they are; 1 where a pattern may wait, in slot 0; the bits of all its shapes, those of the first, and
 * the results of that and of the other.
 */
export function pattern(p: usize, at: usize, rows: i32): i32 {
  const shapes = column(p, 0, at);
  const out = column(p, 1, at);
  const state = stateOf(p, 2);
  if (number(p, 4, 3) != 0 && load<f64>(state) != 0) return 0;
  const left = <i32>number(p, 4, 0);
  const known = number(p, 4, 1);
  const slot = state + bytesOf(<i32>number(p, 4, 2));
  let clean = known > 0 ? load<f64>(slot) : 0;
  let i = 0;
  for (; i < rows; i++) {
    const found = load<f64>(shapes + bytesOf(i));
    let value: f64 = 0;
    if (found != found) {
      value = NaN;
      clean = 0;
    } else {
      const there = <i32>found;
      if ((there & left) != 0) break;
      if ((there & (<i32>number(p, 4, 4))) != 0) value = number(p, 4, (there & (<i32>number(p, 4, 5))) != 0 ? 6 : 7);
      if (clean < known && ++clean < known) value = NaN;
    }
    store<f64>(out + bytesOf(i), value);
  }
  if (known > 0) store<f64>(slot, clean);
  return i;
}

export function candleShadows(p: usize, at: usize, rows: i32): i32 {
  let open = column(p, 0, at);
  let high = column(p, 1, at);
  let low = column(p, 2, at);
  let close = column(p, 3, at);
  let out = column(p, 4, at);
  for (const end = out + bytesOf(rows); out < end; open += 8, high += 8, low += 8, close += 8, out += 8) {
    const o = load<f64>(open);
    const c = load<f64>(close);
    const rises = c >= o;
    const top = select(c, o, rises);
    const bottom = select(o, c, rises);
    store<f64>(out, load<f64>(high) - top + (bottom - load<f64>(low)));
  }
  return rows;
}

function bit(is: bool, place: i32): i32 {
  return (<i32>is) << place;
}

/** The bits stand in `kernels/traits`. */
export function candleSteps(p: usize, at: usize, rows: i32): i32 {
  let open = column(p, 0, at);
  const high = column(p, 1, at) - open;
  const low = column(p, 2, at) - open;
  const close = column(p, 3, at) - open;
  const out = column(p, 4, at) - open;
  for (const end = open + bytesOf(rows); open < end; open += 8) {
    const o = load<f64>(open);
    const h = load<f64>(open + high);
    const l = load<f64>(open + low);
    const c = load<f64>(open + close);
    const open1 = load<f64>(open - 8);
    const high1 = load<f64>(open + high - 8);
    const low1 = load<f64>(open + low - 8);
    const close1 = load<f64>(open + close - 8);
    const known = o == o && h == h && l == l && c == c;
    if (!known || open1 != open1 || high1 != high1 || low1 != low1 || close1 != close1) {
      store<f64>(open + out, NaN);
      continue;
    }
    const up = bit(o > open1, 0) & bit(o > close1, 0) & bit(c > close1, 0) & bit(c > open1, 0);
    const down = bit(o < open1, 0) & bit(o < close1, 0) & bit(c < close1, 0) & bit(c < open1, 0);
    const bits =
      bit(c >= o, 0) |
      bit(c < o, 1) |
      (up << 16) |
      (down << 17) |
      bit(o > open1, 18) |
      bit(o < open1, 19) |
      bit(c > close1, 20) |
      bit(c < close1, 21) |
      bit(h > high1, 22) |
      bit(h < high1, 23) |
      bit(l > low1, 24) |
      bit(l < low1, 25) |
      bit(o > close1, 26) |
      bit(o < close1, 27) |
      bit(c > open1, 28) |
      bit(c < open1, 29);
    store<f64>(open + out, <f64>bits);
  }
  return rows;
}

/** Bits by what a shadow is, the smaller of two: below what one of them is below, above what both are above. */
function shadowBits(a: f64, b: f64, tiny: f64, short: f64, body: f64): i32 {
  const twice = 2 * body;
  return (
    bit(a < tiny || b < tiny, 0) |
    bit(a > tiny && b > tiny, 1) |
    bit(a < short || b < short, 2) |
    bit(a > body && b > body, 3) |
    bit(a > twice && b > twice, 4)
  );
}

export function candleTraits(p: usize, at: usize, rows: i32): i32 {
  const open = column(p, 0, at);
  const high = column(p, 1, at);
  const low = column(p, 2, at);
  const close = column(p, 3, at);
  const bodies = column(p, 4, at);
  const ranges = column(p, 5, at);
  const shadows = column(p, 6, at);
  const steps = column(p, 7, at);
  const out = column(p, 8, at);
  const state = stateOf(p, 9);
  let clean = load<f64>(state);
  for (let i: usize = 0; i < bytesOf(rows); i += 8) {
    const o = load<f64>(open + i);
    const h = load<f64>(high + i);
    const l = load<f64>(low + i);
    const c = load<f64>(close + i);
    const average = load<f64>(bodies + i - 8);
    const tiny = 0.1 * load<f64>(ranges + i - 8);
    const short = load<f64>(shadows + i - 8) / 2;
    const step = load<f64>(steps + i);
    const known = average + tiny + short + step;
    // Without a NaN there was none in 11 rows; with one there may be none, where prices are infinite.
    if (known == known) clean = 11;
    else {
      clean = o == o && h == h && l == l && c == c ? min(clean + 1, 11) : 0;
      if (clean < 11) {
        store<f64>(out + i, NaN);
        continue;
      }
    }
    const body = abs(c - o);
    const bits =
      (step == step ? <i32>step : 0) |
      bit(body > average, 2) |
      bit(body < average, 3) |
      bit(body <= average, 4) |
      bit(body <= tiny, 5) |
      (shadowBits(h - o, h - c, tiny, short, body) << 6) |
      (shadowBits(o - l, c - l, tiny, short, body) << 11);
    store<f64>(out + i, <f64>bits);
  }
  store<f64>(state, clean);
  return rows;
}
