/** Operators over windows, whose loops stand in the files beside this folder. */
import { centralSquares, shape as shapes } from '../moments';
import { profile as profiles } from '../profile';
import { windowSums } from '../sums';
import { flowRatio as flowRatios, meanDistance as meanDistances, pressureRatios as ratios } from '../windows';
import { bytesOf, column, number, stateOf } from './operands';

/** What rounding took from a + b = sum. */
function lost(a: f64, b: f64, sum: f64): f64 {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

/** Sums over `divisor` as long as values are calm, pairs of rows and a last one; returns how many rows were done. */
function sums(values: usize, out: usize, n: f64, divisor: f64, rows: i32, state: usize): i32 {
  if (load<f64>(state, 16) != -n || load<f64>(state, 24) != 0) return 0;
  let done = rows > 1 ? windowSums(values, out, <i32>n, divisor, rows, state) : 0;
  if (done + 1 != rows) return done;
  const row = values + bytesOf(done);
  const entering = load<f64>(row);
  const leaving = -load<f64>(row - bytesOf(<i32>n));
  const high = load<f64>(state);
  const low = load<f64>(state, 8);
  const sum = high + entering;
  const newHigh = sum + leaving;
  const error = lost(high, entering, sum);
  const newError = lost(sum, leaving, newHigh);
  const middle = low + error;
  const newLow = middle + newError;
  // Of what is not finite it is not a number.
  if (lost(low, error, middle) != 0 || lost(middle, newError, newLow) != 0) return done;
  store<f64>(state, newHigh);
  store<f64>(state, newLow, 8);
  store<f64>(out + bytesOf(done), (newHigh + newLow) / divisor);
  return rows;
}

export function sma(p: usize, at: usize, rows: i32): i32 {
  const n = number(p, 4, 0);
  return sums(column(p, 0, at), column(p, 1, at), n, n, rows, stateOf(p, 2));
}

export function rollingStd(p: usize, at: usize, rows: i32): i32 {
  const x = column(p, 0, at);
  const out = column(p, 1, at);
  const n = number(p, 4, 0);
  const done = sums(x, out, n, n, rows, stateOf(p, 2));
  centralSquares(x, out, out, <i32>n, done);
  let row = out;
  for (const end = out + bytesOf(done); row < end; row += 8) store<f64>(row, sqrt(load<f64>(row) / (n - 1)));
  return done;
}

export function varianceAround(p: usize, at: usize, rows: i32): i32 {
  const out = column(p, 2, at);
  const n = number(p, 4, 0);
  centralSquares(column(p, 0, at), column(p, 1, at), out, <i32>n, rows);
  let row = out;
  for (const end = out + bytesOf(rows); row < end; row += 8) store<f64>(row, load<f64>(row) / n);
  return rows;
}

export function rollingShape(p: usize, at: usize, rows: i32): i32 {
  const n = <i32>number(p, 6, 0);
  shapes(column(p, 0, at), column(p, 1, at), column(p, 2, at), column(p, 3, at), n, rows);
  return rows;
}

export function meanDistance(p: usize, at: usize, rows: i32): i32 {
  meanDistances(column(p, 0, at), column(p, 1, at), <i32>number(p, 4, 0), rows);
  return rows;
}

export function flowRatio(p: usize, at: usize, rows: i32): i32 {
  flowRatios(column(p, 0, at), column(p, 1, at), column(p, 2, at), <i32>number(p, 4, 0), rows);
  return rows;
}

/** Its windows stand in order, the shortest first. */
export function pressureRatios(p: usize, at: usize, rows: i32): i32 {
  const shortest = <i32>number(p, 4, 0);
  const middle = <i32>number(p, 4, 1);
  const longest = <i32>number(p, 4, 2);
  ratios(column(p, 0, at), column(p, 1, at), column(p, 2, at), shortest, middle, longest, rows);
  return rows;
}

/** Behind its window and number of bins stands where in the state the sum of the window is, in slots; behind that, how many rows have a value. */
export function volumeProfile(p: usize, at: usize, rows: i32): i32 {
  const poc = column(p, 3, at);
  const state = stateOf(p, 6);
  const n = number(p, 8, 0);
  const count = <i32>number(p, 8, 1);
  const sum = state + bytesOf(<i32>number(p, 8, 2));
  const volume = column(p, 2, at);
  const done = sums(volume, poc, n, 1, rows, sum);
  const clean = load<f64>(sum, 32);
  const high = column(p, 0, at);
  const low = column(p, 1, at);
  const after = profiles(high, low, volume, poc, column(p, 4, at), column(p, 5, at), state, <i32>n, count, done, clean);
  store<f64>(sum, after, 32);
  return done;
}

export function lag(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at) - bytesOf(<i32>number(p, 4, 0));
  let out = column(p, 1, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) store<f64>(out, load<f64>(x));
  return rows;
}

export function rateOfChange(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  const back = bytesOf(<i32>number(p, 4, 0));
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    const value = load<f64>(x);
    const older = load<f64>(x - back);
    // 0 unless it is NaN: a NaN above a zero stays one.
    store<f64>(out, older == 0 ? value - value : (value / older - 1) * 100);
  }
  return rows;
}

/** Weights rise from 1; four sums run side by side. */
export function wma(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  const n = number(p, 4, 0);
  const total = (n * (n + 1)) / 2;
  const back = bytesOf(<i32>n);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    let weight: f64 = 1;
    let k = x - back + 8;
    for (; weight + 3 <= n; weight += 4, k += 32) {
      s0 += weight * load<f64>(k);
      s1 += (weight + 1) * load<f64>(k, 8);
      s2 += (weight + 2) * load<f64>(k, 16);
      s3 += (weight + 3) * load<f64>(k, 24);
    }
    for (; weight <= n; weight++, k += 8) s0 += weight * load<f64>(k);
    store<f64>(out, (s0 + s1 + (s2 + s3)) / total);
  }
  return rows;
}

/** The longest cycle. */
const LONGEST: f64 = 50;

export function cycleMean(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let length = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, length += 8, out += 8) {
    // NaN of NaN, and then no row is added up.
    const n = max(1, min(LONGEST, floor(load<f64>(length) + 0.5)));
    let sum: f64 = 0;
    let k = x;
    for (let left = n; left > 0; left--, k -= 8) sum += load<f64>(k);
    store<f64>(out, sum / n);
  }
  return rows;
}
