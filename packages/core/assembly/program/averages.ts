/** Averages that go on from row to row. How they begin, over the first rows, is left to the loops in TypeScript. */
import { bytesOf, column, number, stateOf } from './operands';

/** Numbers: the period, and the weight of a row. */
export function ema(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  const state = stateOf(p, 2);
  if (load<f64>(state) < number(p, 4, 0)) return 0;
  const alpha = number(p, 4, 1);
  let average = load<f64>(state, 8);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    const value = load<f64>(x);
    if (value == value) {
      average += alpha * (value - average);
      store<f64>(out, average);
    } else store<f64>(out, NaN);
  }
  store<f64>(state, average, 8);
  return rows;
}

/** Numbers: the period, the weight of a row, what is shown of no balance, and of a whole one. */
export function balance(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  const state = stateOf(p, 2);
  if (load<f64>(state) <= number(p, 4, 0)) return 0;
  const weight = number(p, 4, 1);
  const keep = 1 - weight;
  const offset = number(p, 4, 2);
  const scale = number(p, 4, 3);
  let last = load<f64>(state, 8);
  let net = load<f64>(state, 16);
  let movement = load<f64>(state, 24);
  let ratio = load<f64>(state, 32);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    const value = load<f64>(x);
    if (value != value) {
      store<f64>(out, NaN);
      continue;
    }
    const change = value - last;
    last = value;
    net = net * keep + change * weight;
    movement = movement * keep + abs(change) * weight;
    if (change != 0) ratio = net / movement;
    store<f64>(out, offset + scale * ratio);
  }
  store<f64>(state, last, 8);
  store<f64>(state, net, 16);
  store<f64>(state, movement, 24);
  store<f64>(state, ratio, 32);
  return rows;
}

/** Numbers: the values that have to be seen before, and the weights of fast, slow and signal. */
export function macd(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let macdOut = column(p, 1, at);
  let signalOut = column(p, 2, at);
  let histOut = column(p, 3, at);
  const state = stateOf(p, 4);
  if (load<f64>(state) < number(p, 6, 0)) return 0;
  const alphaFast = number(p, 6, 1);
  const alphaSlow = number(p, 6, 2);
  const alphaSignal = number(p, 6, 3);
  let fast = load<f64>(state, 8);
  let slow = load<f64>(state, 16);
  let signal = load<f64>(state, 24);
  for (const end = x + bytesOf(rows); x < end; x += 8, macdOut += 8, signalOut += 8, histOut += 8) {
    const value = load<f64>(x);
    if (value != value) {
      store<f64>(macdOut, NaN);
      store<f64>(signalOut, NaN);
      store<f64>(histOut, NaN);
      continue;
    }
    fast += alphaFast * (value - fast);
    slow += alphaSlow * (value - slow);
    const difference = fast - slow;
    signal += alphaSignal * (difference - signal);
    store<f64>(macdOut, difference);
    store<f64>(signalOut, signal);
    store<f64>(histOut, difference - signal);
  }
  store<f64>(state, fast, 8);
  store<f64>(state, slow, 16);
  store<f64>(state, signal, 24);
  return rows;
}

/** Numbers: the period, and the weight of a row. */
export function atr(p: usize, at: usize, rows: i32): i32 {
  let high = column(p, 0, at);
  let low = column(p, 1, at);
  let close = column(p, 2, at);
  let out = column(p, 3, at);
  const state = stateOf(p, 4);
  if (load<f64>(state) <= number(p, 6, 0)) return 0;
  const weight = number(p, 6, 1);
  let last = load<f64>(state, 8);
  let average = load<f64>(state, 16);
  for (const end = out + bytesOf(rows); out < end; high += 8, low += 8, close += 8, out += 8) {
    const h = load<f64>(high);
    const l = load<f64>(low);
    const c = load<f64>(close);
    if (h != h || l != l || c != c) {
      store<f64>(out, NaN);
      continue;
    }
    const range = (h > last ? h : last) - (l < last ? l : last);
    last = c;
    average += (range - average) * weight;
    store<f64>(out, average);
  }
  store<f64>(state, last, 8);
  store<f64>(state, average, 16);
  return rows;
}

/** Numbers: the period, and the weight of a row. */
export function adxAverage(p: usize, at: usize, rows: i32): i32 {
  let plus = column(p, 0, at);
  let minus = column(p, 1, at);
  let out = column(p, 2, at);
  const state = stateOf(p, 3);
  if (load<f64>(state) < number(p, 4, 0)) return 0;
  const weight = number(p, 4, 1);
  let average = load<f64>(state, 8);
  for (const end = out + bytesOf(rows); out < end; plus += 8, minus += 8, out += 8) {
    const a = load<f64>(plus);
    const b = load<f64>(minus);
    const total = abs(a) + abs(b);
    if (total != total) {
      store<f64>(out, NaN);
      continue;
    }
    if (total > 0) average += (100 * (abs(a - b) / total) - average) * weight;
    store<f64>(out, average);
  }
  store<f64>(state, average, 8);
  return rows;
}
