/** Arc functions, in radians: rational approximations on reduced arguments. Within 1 ulp. Source and notice: see index.ts. */
import { cut, highWord } from './words.ts';

const HALF_PI = 1.570796326794896558;
const HALF_PI_LOW = 6.12323399573676603587e-17;
const QUARTER_PI = 7.85398163397448278999e-1;
const PI = 3.141592653589793116;

/** atan of 1/2, 1, 3/2, infinity: the doubles, and what they lack. */
const HIGH = Float64Array.of(4.63647609000806093515e-1, QUARTER_PI, 9.82793723247329054082e-1, HALF_PI);
const LOW = Float64Array.of(
  2.26987774529616870924e-17,
  3.06161699786838301793e-17,
  1.39033110312309984516e-17,
  HALF_PI_LOW,
);

const A0 = 3.33333333333329318027e-1;
const A1 = -1.99999999998764832476e-1;
const A2 = 1.42857142725034663711e-1;
const A3 = -1.1111110405462355788e-1;
const A4 = 9.09088713343650656196e-2;
const A5 = -7.69187620504482999495e-2;
const A6 = 6.66107313738753120669e-2;
const A7 = -5.83357013379057348645e-2;
const A8 = 4.97687799461593236017e-2;
const A9 = -3.6531572744216915527e-2;
const A10 = 1.62858201153657823623e-2;

/** Arc tangent, from -pi/2 to pi/2. */
export function atan(x: number): number {
  const high = highWord(x);
  const size = high & 0x7fffffff;
  if (size >= 0x44100000) return x !== x ? NaN : high > 0 ? HALF_PI + HALF_PI_LOW : -HALF_PI - HALF_PI_LOW;
  if (size < 0x3fdc0000) {
    if (size < 0x3e400000) return x;
    return x - x * series(x);
  }
  const a = Math.abs(x);
  let place = 3;
  let t = -1 / a;
  if (size < 0x3fe60000) {
    place = 0;
    t = (2 * a - 1) / (2 + a);
  } else if (size < 0x3ff30000) {
    place = 1;
    t = (a - 1) / (a + 1);
  } else if (size < 0x40038000) {
    place = 2;
    t = (a - 1.5) / (1 + 1.5 * a);
  }
  const found = HIGH[place] - (t * series(t) - LOW[place] - t);
  return high < 0 ? -found : found;
}

function series(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))));
  const even = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))));
  return odd + even;
}

const P0 = 1.66666666666666657415e-1;
const P1 = -3.25565818622400915405e-1;
const P2 = 2.01212532134862925881e-1;
const P3 = -4.00555345006794114027e-2;
const P4 = 7.91534994289814532176e-4;
const P5 = 3.4793310759602116757e-5;
const Q1 = -2.40339491173441421878;
const Q2 = 2.02094576023350569471;
const Q3 = -6.8828397160545329303e-1;
const Q4 = 7.70381505559019352791e-2;

/** (asin(s) - s) / s of s^2 = t. */
function ratio(t: number): number {
  const p = t * (P0 + t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5)))));
  return p / (1 + t * (Q1 + t * (Q2 + t * (Q3 + t * Q4))));
}

/** Arc sine, from -pi/2 to pi/2; NaN beyond [-1, 1]. */
export function asin(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  const a = Math.abs(x);
  if (size >= 0x3ff00000) return a === 1 ? x * HALF_PI + x * HALF_PI_LOW : NaN;
  if (size < 0x3fe00000) return size < 0x3e400000 ? x : x + x * ratio(x * x);
  const t = (1 - a) * 0.5;
  const r = ratio(t);
  const s = Math.sqrt(t);
  let found: number;
  if (size >= 0x3fef3333) found = HALF_PI - (2 * (s + s * r) - HALF_PI_LOW);
  else {
    const w = cut(s);
    const c = (t - w * w) / (s + w);
    found = QUARTER_PI - (2 * s * r - (HALF_PI_LOW - 2 * c) - (QUARTER_PI - 2 * w));
  }
  return x > 0 ? found : -found;
}

/** Arc cosine, from 0 to pi; NaN beyond [-1, 1]. */
export function acos(x: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size >= 0x3ff00000) return x === 1 ? 0 : x === -1 ? PI + 2 * HALF_PI_LOW : NaN;
  if (size < 0x3fe00000) {
    if (size <= 0x3c600000) return HALF_PI + HALF_PI_LOW;
    return HALF_PI - (x - (HALF_PI_LOW - x * ratio(x * x)));
  }
  if (x < 0) {
    const z = (1 + x) * 0.5;
    const s = Math.sqrt(z);
    return PI - 2 * (s + (ratio(z) * s - HALF_PI_LOW));
  }
  const z = (1 - x) * 0.5;
  const s = Math.sqrt(z);
  const w = cut(s);
  const c = (z - w * w) / (s + w);
  return 2 * (w + (ratio(z) * s + c));
}
