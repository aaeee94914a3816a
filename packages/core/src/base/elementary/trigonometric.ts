/**
 * Sine, cosine, tangent: polynomials on [-pi/4, pi/4] after argument reduction, exact for arguments of any size. Within
 * 1 ulp. Source and notice: see index.ts.
 */
import { reduce, reduced } from './reduce.ts';
import { cut, fromHighWord, highWord } from './words.ts';

/** Upper word of pi/4: below it no reduction is needed. */
const QUARTER_PI_WORD = 0x3fe921fb;

/** Sine of x radians; NaN for infinities. */
export function sin(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size <= QUARTER_PI_WORD) return size < 0x3e400000 ? x : sinShort(x);
  if (size >= 0x7ff00000) return NaN;
  const n = reduce(x);
  const y = n & 1 ? cosKernel(reduced[0], reduced[1]) : sinKernel(reduced[0], reduced[1]);
  return n & 2 ? -y : y;
}

/** Cosine of x radians; NaN for infinities. */
export function cos(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size <= QUARTER_PI_WORD) return cosKernel(x, 0);
  if (size >= 0x7ff00000) return NaN;
  const n = reduce(x);
  const y = n & 1 ? sinKernel(reduced[0], reduced[1]) : cosKernel(reduced[0], reduced[1]);
  return n === 1 || n === 2 ? -y : y;
}

/** Tangent of x radians; NaN for infinities. */
export function tan(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size <= QUARTER_PI_WORD) return tanKernel(x, 0, false);
  if (size >= 0x7ff00000) return NaN;
  const n = reduce(x);
  return tanKernel(reduced[0], reduced[1], (n & 1) === 1);
}

const S1 = -1.66666666666666324348e-1;
const S2 = 8.33333333332248946124e-3;
const S3 = -1.98412698298579493134e-4;
const S4 = 2.75573137070700676789e-6;
const S5 = -2.50507602534068634195e-8;
const S6 = 1.58969099521155010221e-10;

function sinShort(x: number): number {
  const z = x * x;
  return x + z * x * (S1 + z * (S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))));
}

function sinKernel(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return x - (z * (0.5 * y - v * r) - y - v * S1);
}

const C1 = 4.16666666666666019037e-2;
const C2 = -1.38888888888741095749e-3;
const C3 = 2.48015872894767294178e-5;
const C4 = -2.75573143513906633035e-7;
const C5 = 2.0875723212981748279e-9;
const C6 = -1.13596475577881948265e-11;

function cosKernel(x: number, y: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size < 0x3e400000) return 1;
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  if (size < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * y));
  // About x/4, short: 1 - q and 0.5 z - q are exact.
  const q = size > 0x3fe90000 ? 0.28125 : fromHighWord(size - 0x00200000);
  return 1 - q - (0.5 * z - q - (z * r - x * y));
}

const T0 = 3.33333333333334091986e-1;
const T1 = 1.33333333333201242699e-1;
const T2 = 5.39682539762260521377e-2;
const T3 = 2.18694882948595424599e-2;
const T4 = 8.86323982359930005737e-3;
const T5 = 3.59207910759131235356e-3;
const T6 = 1.45620945432529025516e-3;
const T7 = 5.88041240820264096874e-4;
const T8 = 2.46463134818469906812e-4;
const T9 = 7.817944429395570923e-5;
const T10 = 7.14072491382608190305e-5;
const T11 = -1.85586374855275456654e-5;
const T12 = 2.59073051863633712884e-5;
const QUARTER_PI = 7.85398163397448278999e-1;
const QUARTER_PI_LOW = 3.06161699786838301793e-17;

/** tan(x + y), or -1/tan(x + y) where `inverse`: the odd quarters. */
function tanKernel(x: number, y: number, inverse: boolean): number {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (size < 0x3e300000) return inverse ? minusInverse(x + y, x, y) : x;
  const large = size >= 0x3fe59428;
  if (large) {
    const [a, b] = high < 0 ? [-x, -y] : [x, y];
    x = QUARTER_PI - a + (QUARTER_PI_LOW - b);
    y = 0;
  }
  const z = x * x;
  const w = z * z;
  const odd = T1 + w * (T3 + w * (T5 + w * (T7 + w * (T9 + w * T11))));
  const even = z * (T2 + w * (T4 + w * (T6 + w * (T8 + w * (T10 + w * T12)))));
  const s = z * x;
  const r = y + z * (s * (odd + even) + y) + T0 * s;
  const sum = x + r;
  if (large) {
    const v = inverse ? -1 : 1;
    return (1 - ((high >> 30) & 2)) * (v - 2 * (x - ((sum * sum) / (sum + v) - r)));
  }
  return inverse ? minusInverse(sum, x, r) : sum;
}

/** -1 / (a + b), where `sum` is a + b rounded: the rounding is taken back. */
function minusInverse(sum: number, a: number, b: number): number {
  const z = cut(sum);
  const v = b - (z - a);
  const quotient = -1 / sum;
  const t = cut(quotient);
  return t + quotient * (1 + t * z + t * v);
}
