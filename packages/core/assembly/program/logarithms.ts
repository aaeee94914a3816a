/** Logarithms row by row, `base/elementary/log` once more; of returns and volumes pairs of rows, as far as `../logarithms` takes them. */
import { L1, L2, L3, L4, L5, L6, L7, LN2_HIGH, LN2_LOW, TINY, log1ps, logReturns } from '../logarithms';
import { bytesOf, column } from './operands';

/** 2^54. */
const TWO_54: f64 = 18014398509481984;

function highWord(x: f64): i32 {
  return <i32>(reinterpret<u64>(x) >> 32);
}

/** 2^k for k from -1074 to 1023. */
function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>(k > -1023 ? (<u64>(k + 1023)) << 52 : (<u64>1) << (k + 1074));
}

/** f - log(1 + f) for small f. */
function cubic(f: f64): f64 {
  return f * f * (0.5 - 0.3333333333333333 * f);
}

function evenAndOdd(z: f64): f64 {
  const w = z * z;
  return z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
}

function series(z: f64): f64 {
  return z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
}

function nearOne(f: f64): f64 {
  if (f >= -TINY && f < TINY) return f == 0 ? 0 : f - cubic(f);
  const s = f / (2 + f);
  return f - s * (f - evenAndOdd(s * s));
}

function log(x: f64): f64 {
  if (x > 0.875 && x < 1.125) return nearOne(x - 1);
  let high = highWord(x);
  let below = 0;
  if (high < 0x00100000) {
    if (x == 0) return -Infinity;
    if (high < 0) return NaN;
    below = -54;
    x *= TWO_54;
    high = highWord(x);
  }
  if (high >= 0x7ff00000) return x + x;
  let exponent = (high >> 20) - 1023;
  high &= 0xfffff;
  exponent += (high + 0x95f64) >> 20;
  const k = <f64>(below + exponent);
  const f = x * powerOfTwo(-exponent) - 1;
  if (f >= -TINY && f < TINY) return k * LN2_HIGH - (cubic(f) - k * LN2_LOW - f);
  const s = f / (2 + f);
  const r = evenAndOdd(s * s);
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    if (k == 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k == 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

function log1p(x: f64): f64 {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (high >= 0x7ff00000) return x + x;
  if (high >= 0x3fda827a || (high < 0 && size > 0x3fd2bec4)) return log1pFar(x, high);
  if (size < 0x3e200000) return size < 0x3c900000 ? x : x - x * x * 0.5;
  const half = 0.5 * x * x;
  const s = x / (2 + x);
  return x - (half - s * (half + series(s * s)));
}

function log1pFar(x: f64, high: i32): f64 {
  const u = high < 0x43400000 ? 1 + x : x;
  let bits = highWord(u);
  let power = (bits >> 20) - 1023;
  const c = high < 0x43400000 ? (power > 0 ? 1 - (u - x) : x - (u - 1)) / u : 0;
  bits &= 0xfffff;
  if (bits >= 0x6a09e) {
    power++;
    bits = (0x00100000 - bits) >> 2;
  }
  const k = <f64>power;
  const f = u * powerOfTwo(-power) - 1;
  const half = 0.5 * f * f;
  if (bits == 0) {
    if (f == 0) return power == 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const r = half * (1 - 0.6666666666666666 * f);
    return power == 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const r = series(s * s);
  if (power == 0) return f - (half - s * (half + r));
  return k * LN2_HIGH - (half - (s * (half + r) + (k * LN2_LOW + c)) - f);
}

export function logarithm(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) {
    const value = load<f64>(x);
    store<f64>(out, value > 0 ? log(value) : NaN);
  }
  return rows;
}

export function logOnePlus(p: usize, at: usize, rows: i32): i32 {
  const x = column(p, 0, at);
  const out = column(p, 1, at);
  for (let i = 0; i < rows; i++) {
    if (rows - i > 1) i += log1ps(x + bytesOf(i), out + bytesOf(i), rows - i);
    if (i == rows) return rows;
    const value = load<f64>(x + bytesOf(i));
    store<f64>(out + bytesOf(i), value > -1 ? log1p(value) : NaN);
  }
  return rows;
}

export function logReturn(p: usize, at: usize, rows: i32): i32 {
  const x = column(p, 0, at);
  const out = column(p, 1, at);
  for (let i = 0; i < rows; i++) {
    if (rows - i > 1) i += logReturns(x + bytesOf(i), out + bytesOf(i), rows - i);
    if (i == rows) return rows;
    const now = load<f64>(x + bytesOf(i));
    const before = load<f64>(x + bytesOf(i) - 8);
    store<f64>(out + bytesOf(i), now > 0 && before > 0 ? log(now / before) : NaN);
  }
  return rows;
}
