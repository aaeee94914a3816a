/** Sine and cosine: `base/elementary/trigonometric` and the first of its reductions once more. */
import { bytesOf, column, number } from './operands';

const QUARTER_PI_WORD: i32 = 0x3fe921fb;
/** Up to it pi/2 is taken away in parts; what is larger is left to the loops in TypeScript. */
const LARGE: f64 = 823549.6;
const TWO_OVER_PI: f64 = 6.36619772367581382433e-1;
const PART_1: f64 = 1.57079632673412561417;
const TAIL_1: f64 = 6.07710050650619224932e-11;
const PART_2: f64 = 6.0771005063039659766e-11;
const TAIL_2: f64 = 2.02226624879595063154e-21;
const PART_3: f64 = 2.0222662487111664558e-21;
const TAIL_3: f64 = 8.47842766036889957e-32;

const S1: f64 = -1.66666666666666324348e-1;
const S2: f64 = 8.33333333332248946124e-3;
const S3: f64 = -1.98412698298579493134e-4;
const S4: f64 = 2.75573137070700676789e-6;
const S5: f64 = -2.50507602534068634195e-8;
const S6: f64 = 1.58969099521155010221e-10;

const C1: f64 = 4.16666666666666019037e-2;
const C2: f64 = -1.38888888888741095749e-3;
const C3: f64 = 2.48015872894767294178e-5;
const C4: f64 = -2.75573143513906633035e-7;
const C5: f64 = 2.0875723212981748279e-9;
const C6: f64 = -1.13596475577881948265e-11;

function highWord(x: f64): i32 {
  return <i32>(reinterpret<u64>(x) >> 32);
}

function sinShort(x: f64): f64 {
  const z = x * x;
  return x + z * x * (S1 + z * (S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))));
}

function sinKernel(x: f64, y: f64): f64 {
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return x - (z * (0.5 * y - v * r) - y - v * S1);
}

function cosKernel(x: f64, y: f64): f64 {
  const size = highWord(x) & 0x7fffffff;
  if (size < 0x3e400000) return 1;
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  if (size < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * y));
  // About x/4, short: 1 - q and 0.5 z - q are exact.
  const q = size > 0x3fe90000 ? 0.28125 : reinterpret<f64>((<u64>(size - 0x00200000)) << 32);
  return 1 - q - (0.5 * z - q - (z * r - x * y));
}

function exponentOf(y: f64): i32 {
  return (highWord(y) >> 20) & 0x7ff;
}

/** Sine, or cosine, of a finite x that is not large. */
function wave(x: f64, cosine: bool): f64 {
  if ((highWord(x) & 0x7fffffff) <= QUARTER_PI_WORD) {
    if (cosine) return cosKernel(x, 0);
    return (highWord(x) & 0x7fffffff) < 0x3e400000 ? x : sinShort(x);
  }
  const size = abs(x);
  const exponent = exponentOf(size);
  const turns = trunc(size * TWO_OVER_PI + 0.5);
  let r = size - turns * PART_1;
  let w = turns * TAIL_1;
  let y = r - w;
  if (exponent - exponentOf(y) > 16) {
    let t = r;
    w = turns * PART_2;
    r = t - w;
    w = turns * TAIL_2 - (t - r - w);
    y = r - w;
    if (exponent - exponentOf(y) > 49) {
      t = r;
      w = turns * PART_3;
      r = t - w;
      w = turns * TAIL_3 - (t - r - w);
      y = r - w;
    }
  }
  let tail = r - y - w;
  let n = <i32>turns;
  if (x < 0) {
    y = -y;
    tail = -tail;
    n = -n;
  }
  n &= 3;
  const value = ((n & 1) == 1) == cosine ? sinKernel(y, tail) : cosKernel(y, tail);
  const negative = cosine ? n == 1 || n == 2 : (n & 2) != 0;
  return negative ? -value : value;
}

export function sine(p: usize, at: usize, rows: i32): i32 {
  const x = column(p, 0, at);
  const out = column(p, 1, at);
  for (let i = 0; i < rows; i++) {
    const value = load<f64>(x + bytesOf(i));
    if (!(abs(value) <= LARGE)) return i;
    store<f64>(out + bytesOf(i), wave(value, false));
  }
  return rows;
}

export function cycleSin(p: usize, at: usize, rows: i32): i32 {
  return cycle(p, at, rows, false);
}

export function cycleCos(p: usize, at: usize, rows: i32): i32 {
  return cycle(p, at, rows, true);
}

function cycle(p: usize, at: usize, rows: i32, cosine: bool): i32 {
  const x = column(p, 0, at);
  const out = column(p, 1, at);
  const length = number(p, 4, 0);
  let last: f64 = NaN;
  let value: f64 = NaN;
  for (let i = 0; i < rows; i++) {
    const place = load<f64>(x + bytesOf(i));
    // An hour, a day, a month has many rows. 0 and -0 would be taken for each other.
    if (place != last || last == 0) {
      const angle = (6.283185307179586 * place) / length;
      if (!(abs(angle) <= LARGE)) return i;
      last = place;
      value = wave(angle, cosine);
    }
    store<f64>(out + bytesOf(i), value);
  }
  return rows;
}
