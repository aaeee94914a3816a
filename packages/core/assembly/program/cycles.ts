/** `hilbert` and `cycle_phase` once more, and the arc tangent of `base/elementary/arc`. */
import { bytesOf, column, number, stateOf } from './operands';

const QUARTER_PI: f64 = 7.85398163397448278999e-1;
const HALF_PI: f64 = 1.570796326794896558;
const HALF_PI_LOW: f64 = 6.12323399573676603587e-17;

function series(x: f64): f64 {
  const z = x * x;
  const w = z * z;
  const odd =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w * (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const even =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w * (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  return odd + even;
}

function atan(x: f64): f64 {
  const bits = <i32>(reinterpret<i64>(x) >> 32);
  const size = bits & 0x7fffffff;
  if (size >= 0x44100000) return x != x ? NaN : bits > 0 ? HALF_PI + HALF_PI_LOW : -HALF_PI - HALF_PI_LOW;
  if (size < 0x3fdc0000) return size < 0x3e400000 ? x : x - x * series(x);
  const a = abs(x);
  let high = HALF_PI;
  let low = HALF_PI_LOW;
  let t = -1 / a;
  if (size < 0x3fe60000) {
    high = 4.63647609000806093515e-1;
    low = 2.26987774529616870924e-17;
    t = (2 * a - 1) / (2 + a);
  } else if (size < 0x3ff30000) {
    high = QUARTER_PI;
    low = 3.06161699786838301793e-17;
    t = (a - 1) / (a + 1);
  } else if (size < 0x40038000) {
    high = 9.82793723247329054082e-1;
    low = 1.39033110312309984516e-17;
    t = (a - 1.5) / (1 + 1.5 * a);
  }
  const found = high - (t * series(t) - low - t);
  return bits < 0 ? -found : found;
}

/** Degrees of a radian. */
const DEGREES: f64 = 45 / QUARTER_PI;

/** Bytes behind the state, of slots of `hilbert` in the order of that file. */
const SEEN: usize = 0;
const ROW: usize = 8;
const PERIOD: usize = 16;
const SMOOTH_PERIOD: usize = 24;
const I2: usize = 32;
const Q2: usize = 40;
const RE: usize = 48;
const IM: usize = 56;
const VALUES: usize = 64;
const SMOOTH: usize = 192;
const DETRENDER: usize = 320;
const QUADRATURE: usize = 448;
const MASK: i32 = 15;

const NOISE: f64 = 2e-15;
const SMALL: f64 = 1e-240;
const LARGER: f64 = 1e180;

/** Of a ring, row `r`. */
function at(ring: usize, r: i32): f64 {
  return load<f64>(ring + bytesOf(r & MASK));
}

function transform(ring: usize, now: i32): f64 {
  return 0.0962 * (at(ring, now) - at(ring, now - 6)) + 0.5769 * (at(ring, now - 2) - at(ring, now - 4));
}

function step(state: usize, r: i32): void {
  const last = load<f64>(state, PERIOD);
  const gain = 0.075 * last + 0.54;
  const values = state + VALUES;
  const x0 = at(values, r);
  const x1 = at(values, r - 1);
  const x2 = at(values, r - 2);
  const x3 = at(values, r - 3);
  store<f64>(state + bytesOf(r), x0 + (3 * (x1 - x0) + 2 * (x2 - x0) + (x3 - x0)) * 0.1, SMOOTH);
  const detrended = transform(state + SMOOTH, r) * gain;
  store<f64>(state + bytesOf(r), abs(detrended) <= NOISE * gain * abs(x0) ? 0 : detrended, DETRENDER);
  const q1 = transform(state + DETRENDER, r) * gain;
  store<f64>(state + bytesOf(r), q1, QUADRATURE);
  const i1 = at(state + DETRENDER, r - 3);
  const oldQ2 = load<f64>(state, Q2);
  const oldI2 = load<f64>(state, I2);
  const q2 = 0.2 * (q1 + transform(state + DETRENDER, r - 3) * gain) + 0.8 * oldQ2;
  const i2 = 0.2 * (i1 - transform(state + QUADRATURE, r) * gain) + 0.8 * oldI2;
  const re = 0.2 * (i2 * oldI2 + q2 * oldQ2) + 0.8 * load<f64>(state, RE);
  const im = 0.2 * (i2 * oldQ2 - q2 * oldI2) + 0.8 * load<f64>(state, IM);
  let found = im != 0 && re != 0 ? 360 / (atan(im / re) * DEGREES) : last;
  if (found > 1.5 * last) found = 1.5 * last;
  if (found < 0.67 * last) found = 0.67 * last;
  if (found < 6) found = 6;
  else if (found > 50) found = 50;
  const period = 0.2 * found + 0.8 * last;
  store<f64>(state, period, PERIOD);
  store<f64>(state, 0.33 * period + 0.67 * load<f64>(state, SMOOTH_PERIOD), SMOOTH_PERIOD);
  const isSmall = abs(re) < SMALL && abs(im) < SMALL && abs(q2) < SMALL && abs(i2) < SMALL;
  const scale = isSmall ? LARGER : 1;
  store<f64>(state, q2 * scale, Q2);
  store<f64>(state, i2 * scale, I2);
  store<f64>(state, re * scale, RE);
  store<f64>(state, im * scale, IM);
}

export function hilbert(p: usize, from: usize, rows: i32): i32 {
  const x = column(p, 0, from);
  const state = stateOf(p, 6);
  const warmUp = number(p, 8, 0);
  for (let i: usize = 0; i < bytesOf(rows); i += 8) {
    const value = load<f64>(x + i);
    const seen = load<f64>(state, SEEN);
    const isKnown = value == value && seen >= warmUp;
    let r = <i32>load<f64>(state, ROW);
    if (value == value) {
      r = (r + 1) & MASK;
      store<f64>(state, <f64>r, ROW);
      store<f64>(state + bytesOf(r), value, VALUES);
      if (isKnown) step(state, r);
      else store<f64>(state, seen + 1, SEEN);
    }
    store<f64>(column(p, 1, from) + i, isKnown ? at(state + SMOOTH, r) : NaN);
    store<f64>(column(p, 2, from) + i, isKnown ? at(state + DETRENDER, r - 3) : NaN);
    store<f64>(column(p, 3, from) + i, isKnown ? at(state + QUADRATURE, r) : NaN);
    store<f64>(column(p, 4, from) + i, isKnown ? load<f64>(state, PERIOD) : NaN);
    store<f64>(column(p, 5, from) + i, isKnown ? load<f64>(state, SMOOTH_PERIOD) : NaN);
  }
  return rows;
}

/** Of the ring of smooth values: how many it holds, and where it begins behind the state; it stands there twice. */
const LONGEST: i32 = 50;
const RING: usize = 16;
/** Bytes of one circle in the table of sines and cosines. */
const TURN: usize = 16 * 50;
const SHORTEST: f64 = 0.1;
/** A sum below this share of the value is 0. */
const EQUAL: f64 = 2e-14;

/** `cycle_phase` once more. */
export function cyclePhase(p: usize, from: usize, rows: i32): i32 {
  const x = column(p, 0, from);
  const length = column(p, 1, from) - x;
  const out = column(p, 2, from) - x;
  const wave = stateOf(p, 3);
  const state = stateOf(p, 4);
  let newest = <i32>load<f64>(state);
  let phase = load<f64>(state, 8);
  for (let row = x; row < x + bytesOf(rows); row += 8) {
    const value = load<f64>(row);
    const cycle = load<f64>(row + length);
    if (value != value || cycle != cycle) {
      store<f64>(row + out, NaN);
      continue;
    }
    newest = newest == LONGEST - 1 ? 0 : newest + 1;
    const last = state + RING + bytesOf(LONGEST + newest);
    store<f64>(last - bytesOf(LONGEST), value);
    store<f64>(last, value);
    const n = <i32>max<f64>(0, min<f64>(<f64>LONGEST, floor(cycle + 0.5)));
    let real: f64 = 0;
    let imaginary: f64 = 0;
    const level: f64 = n < 2 ? 0 : value;
    let at = wave + <usize>n * TURN;
    for (let k = last; k > last - bytesOf(n); k -= 8, at += 16) {
      const above = load<f64>(k) - level;
      real += load<f64>(at) * above;
      imaginary += load<f64>(at, 8) * above;
    }
    if (abs(real) <= EQUAL * abs(level)) real = 0;
    if (abs(imaginary) <= EQUAL * abs(level)) imaginary = 0;
    if (imaginary != 0) phase = atan(real / imaginary) * DEGREES;
    else if (real < 0) phase -= 90;
    else if (real > 0) phase += 90;
    phase += 90 + (cycle > SHORTEST ? 360 / cycle : 0);
    if (imaginary < 0) phase += 180;
    if (phase > 315) phase -= 360;
    store<f64>(row + out, phase);
  }
  store<f64>(state, <f64>newest);
  store<f64>(state, phase, 8);
  return rows;
}
