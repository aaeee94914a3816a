/**
 * The normal distribution cut at both ends, in logarithms, so that its tails keep their digits.
 * Source: Optuna 5.0.0, samplers/_tpe/_truncnorm.py, which follows scipy.stats.truncnorm; the same cases in the same order.
 */
import { erf, erfc, exp, expm1, log, log1p } from '../base/elementary/index.ts';

/** log sqrt(2 pi). */
export const LOG_ROOT_TWO_PI = 0.9189385332046727;
/** sqrt(3) / pi: of the logistic distribution that is near the normal one. */
const LOGISTIC = 0.5513288954217921;
/** What lies further out is below the last digit of 1. */
const WHOLE = 8.5;
const EPSILON = 2.220446049250313e-16;

/** Probability that a standard normal variable is below `a`. */
export function normal(a: number): number {
  const x = a / Math.SQRT2;
  if (x < -Math.SQRT1_2) return 0.5 * erfc(-x);
  return x < Math.SQRT1_2 ? 0.5 + 0.5 * erf(x) : 1 - 0.5 * erfc(x);
}

/** Logarithm of {@link normal}; below -20 by its asymptotic series. */
function logNormal(a: number): number {
  if (a > 6) return -normal(-a);
  if (a > -20) return log(normal(a));
  let [last, sum, term] = [0, 1, 1];
  for (let i = 1; Math.abs(last - sum) > EPSILON; i++) {
    last = sum;
    term *= -(2 * i - 1) / (a * a);
    sum += term;
  }
  return -0.5 * a * a - log(-a) - LOG_ROOT_TWO_PI + log(sum);
}

const logDifference = (larger: number, smaller: number): number => larger + log1p(-exp(smaller - larger));

/** Logarithm of the probability between `a` and `b`. */
export function logMass(a: number, b: number): number {
  if (b <= 0) return logDifference(logNormal(b), logNormal(a));
  if (a > 0) return logDifference(logNormal(-a), logNormal(-b));
  if (a < -WHOLE && b > WHOLE) return 0;
  // Not the difference of two that are near 1; what is lost of a tail here is below the last digit.
  return log1p(-(0.5 + 0.5 * erf(a / Math.SQRT2)) - (0.5 + 0.5 * erf(-b / Math.SQRT2)));
}

/** log(exp(p) + exp(q)). */
function logSum(p: number, q: number): number {
  const top = Math.max(p, q);
  return top + log1p(exp(Math.min(p, q) - top));
}

/** The x with {@link logNormal}(x) = y, y below 0: Newton's method, from approximations that are near enough. */
function inverseLogNormal(y: number): number {
  const flipped = y > -1e-2;
  const z = flipped ? log(-expm1(y)) : y;
  let x = z < -5 ? -Math.sqrt(-2 * (z + LOG_ROOT_TWO_PI)) : -LOGISTIC * log(expm1(-z));
  for (let i = 0; i < 100; i++) {
    const found = logNormal(x);
    const step = (found - z) * exp(found + 0.5 * x * x + LOG_ROOT_TWO_PI);
    x -= step;
    if (Math.abs(step) < 1e-8 * Math.abs(x)) break;
  }
  return flipped ? -x : x;
}

/** The number that a standard normal variable between `a` and `b`, a below b, is below with probability `q`. */
export function truncatedQuantile(q: number, a: number, b: number): number {
  if (q <= 0) return a;
  if (q >= 1) return b;
  const mass = logMass(a, b);
  const found =
    a < 0
      ? inverseLogNormal(logSum(logNormal(a), log(q) + mass))
      : -inverseLogNormal(logSum(logNormal(-b), log1p(-q) + mass));
  return Math.min(b, Math.max(a, found));
}
