/**
 * Logarithms. x = 2^k (1 + f) with 1 + f near 1, and log(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2))), s = f / (2 + f), R a
 * polynomial of degree 14. Within 1 ulp. Source and notice: see index.ts.
 */
import { highWord, powerOfTwo } from './words.ts';

export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.90821492927058770002e-10;
const TWO_54 = powerOfTwo(54);
/** Below it a cubic is enough. */
const TINY = powerOfTwo(-20);

const L1 = 6.66666666666673513e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  // Returns are near 1, and need no look at the bits: k is 0.
  if (x > 0.875 && x < 1.125) return nearOne(x - 1);
  let high = highWord(x);
  let k = 0;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (high < 0) return NaN;
    // A denormal: brought to where the exponent says how large it is.
    k = -54;
    x *= TWO_54;
    high = highWord(x);
  }
  if (high >= 0x7ff00000) return x + x;
  let exponent = (high >> 20) - 1023;
  high &= 0xfffff;
  exponent += (high + 0x95f64) >> 20;
  k += exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  if (f >= -TINY && f < TINY) return k * LN2_HIGH - (cubic(f) - k * LN2_LOW - f);
  const s = f / (2 + f);
  const r = evenAndOdd(s * s);
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

function nearOne(f: number): number {
  if (f >= -TINY && f < TINY) return f === 0 ? 0 : f - cubic(f);
  const s = f / (2 + f);
  return f - s * (f - evenAndOdd(s * s));
}

/** f - log(1 + f) for small f. */
function cubic(f: number): number {
  return f * f * (0.5 - 0.3333333333333333 * f);
}

function evenAndOdd(z: number): number {
  const w = z * z;
  return z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
}

const INVERSE_LN10 = 4.34294481903251816668e-1;
const LOG10_2_HIGH = 3.01029995663611771306e-1;
const LOG10_2_LOW = 3.69423907715893078616e-13;

/** Logarithm to base 10; -Infinity at 0, NaN below. Within 1.5 ulp. */
export function log10(x: number): number {
  let high = highWord(x);
  let k = 0;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (high < 0) return NaN;
    k = -54;
    x *= TWO_54;
    high = highWord(x);
  }
  if (high >= 0x7ff00000) return x + x;
  if (x === 1) return 0;
  const exponent = (high >> 20) - 1023;
  k += exponent;
  const below = k < 0 ? 1 : 0;
  const y = k + below;
  const reduced = x * powerOfTwo(-exponent - below);
  return y * LOG10_2_LOW + INVERSE_LN10 * log(reduced) + y * LOG10_2_HIGH;
}

/** log(1 + x), of full precision for small x too; -Infinity at -1, NaN below. */
export function log1p(x: number): number {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (high >= 0x7ff00000) return x + x;
  // 1 + x above sqrt(2), or x below -0.2929: 1 + x is rounded, and c keeps what was lost.
  if (high >= 0x3fda827a || (high < 0 && size > 0x3fd2bec4)) {
    if (size >= 0x3ff00000 && high < 0) return x === -1 ? -Infinity : NaN;
    return log1pFar(x, high);
  }
  if (size < 0x3e200000) return size < 0x3c900000 ? x : x - x * x * 0.5;
  const half = 0.5 * x * x;
  const s = x / (2 + x);
  return x - (half - s * (half + series(s * s)));
}

function log1pFar(x: number, high: number): number {
  const u = high < 0x43400000 ? 1 + x : x;
  let bits = highWord(u);
  let k = (bits >> 20) - 1023;
  const c = high < 0x43400000 ? (k > 0 ? 1 - (u - x) : x - (u - 1)) / u : 0;
  bits &= 0xfffff;
  if (bits >= 0x6a09e) {
    k++;
    bits = (0x00100000 - bits) >> 2;
  }
  const f = u * powerOfTwo(-k) - 1;
  const half = 0.5 * f * f;
  if (bits === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const r = half * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const r = series(s * s);
  if (k === 0) return f - (half - s * (half + r));
  return k * LN2_HIGH - (half - (s * (half + r) + (k * LN2_LOW + c)) - f);
}

function series(z: number): number {
  return z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
}
