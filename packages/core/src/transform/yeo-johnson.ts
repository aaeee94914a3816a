/** The power transform of Yeo and Johnson: makes a column of either sign look normal. */
import * as elementary from '../base/elementary/index.ts';
import { exactSum } from '../base/exact.ts';
import { brentMinimum } from '../numeric/brent.ts';

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const LOG_EPSILON = elementary.log(Number.EPSILON);
/** Half of the exponents of doubles, so that variances of what is transformed stay finite. */
const LOG_LOW = 0.5 * (elementary.log(SMALLEST_NORMAL) - LOG_EPSILON);
const LOG_HIGH = 0.5 * (elementary.log(Number.MAX_VALUE) + LOG_EPSILON);
/** Of lambda; that of scipy. */
const TOLERANCE = 1.48e-8;

/**
 * x >= 0: ((1 + x)^lambda - 1) / lambda, or ln(1 + x) where lambda is 0;
 * x < 0: -((1 - x)^(2 - lambda) - 1) / (2 - lambda), or -ln(1 - x) where lambda is 2. NaN gives NaN.
 * Source: Yeo and Johnson, A new family of power transformations to improve normality or symmetry, Biometrika 87 (2000).
 */
export function yeoJohnson(lambda: number, x: number): number {
  return fromLog(lambda, signedLog(x));
}

function signedLog(x: number): number {
  return x < 0 ? -elementary.log1p(-x) : elementary.log1p(x);
}

/** From sign(x) ln(1 + |x|), which does not depend on lambda. */
function fromLog(lambda: number, log: number): number {
  if (log < 0) {
    const power = 2 - lambda;
    return Math.abs(power) > Number.EPSILON ? -elementary.expm1(-power * log) / power : log;
  }
  return Math.abs(lambda) < Number.EPSILON ? log : elementary.expm1(lambda * log) / lambda;
}

/**
 * The lambda under which `values` are most likely normal, with Brent's method; exact sums, so that the noise of the
 * likelihood, which limits how well lambda is known (to about 1e-8 of it), is as small as doubles allow.
 * Source: scipy.stats.yeojohnson_normmax, whose bounds and tolerance these are, as used by scikit-learn PowerTransformer.
 *
 * @param values finite, not all the same; `least` and `most` are the ends of them
 */
export function learnLambda(values: Float64Array, least: number, most: number): number {
  // Up to 20 times the largest training value is transformed without overflow.
  const reach = elementary.log1p(20 * Math.max(-least, most));
  let low = LOG_LOW / reach;
  let high = LOG_HIGH / reach;
  if (most < 0) [low, high] = [2 - high, 2 - low];
  else if (least < 0) [low, high] = [Math.max(2 - high, low), Math.min(2 - low, high)];
  const logs = new Float64Array(values.length);
  for (let i = 0; i < logs.length; i++) logs[i] = signedLog(values[i]);
  const logSum = exactSum(logs, 0, logs.length);
  const scratch = new Float64Array(values.length);
  return brentMinimum((lambda) => -likelihood(lambda, logs, logSum, scratch), low, high, TOLERANCE);
}

/** Logarithm of the likelihood, constants left out: (lambda - 1) sum(sign(x) ln(1 + |x|)) - n/2 ln(variance). */
function likelihood(lambda: number, logs: Float64Array, logSum: number, scratch: Float64Array): number {
  const n = logs.length;
  for (let i = 0; i < n; i++) scratch[i] = fromLog(lambda, logs[i]);
  const mean = exactSum(scratch, 0, n) / n;
  for (let i = 0; i < n; i++) {
    const distance = scratch[i] - mean;
    scratch[i] = distance * distance;
  }
  const variance = exactSum(scratch, 0, n) / n;
  // A variance that vanishes says that lambda crushed the column, not that it is likely.
  if (!(variance >= SMALLEST_NORMAL && variance < Infinity)) return -Infinity;
  return (lambda - 1) * logSum - (n / 2) * elementary.log(variance);
}
