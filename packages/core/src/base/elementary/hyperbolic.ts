/** Hyperbolic functions, from exp and expm1. Within 2 ulp. Source and notice: see index.ts. */
import { exp, expm1 } from './exp.ts';

/** Above it sinh and cosh are infinite; above the other exp is. */
const OVERFLOW = 710.475860073943863;
const EXP_OVERFLOW = 709.7;
/** From here on exp(-x) is below half an ulp of exp(x). */
const LARGE = 22;
const SMALL = 3.725290298461914e-9;

/** (e^x - e^-x) / 2. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  const half = x < 0 ? -0.5 : 0.5;
  if (a < LARGE) {
    if (a < SMALL) return x;
    const t = expm1(a);
    return a < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
  }
  if (a < EXP_OVERFLOW) return half * exp(a);
  return overflowing(a, half);
}

/** (e^x + e^-x) / 2. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.34657359027997264) {
    const t = expm1(a);
    const w = 1 + t;
    return a < 2.7755575615628914e-17 ? w : 1 + (t * t) / (w + w);
  }
  if (a < LARGE) {
    const t = exp(a);
    return 0.5 * t + 0.5 / t;
  }
  if (a < EXP_OVERFLOW) return 0.5 * exp(a);
  return overflowing(a, 0.5);
}

/** half e^a where e^a alone would overflow. */
function overflowing(a: number, half: number): number {
  if (a !== a) return NaN;
  if (a > OVERFLOW) return half * Infinity;
  const w = exp(0.5 * a);
  return half * w * w;
}

/** sinh x / cosh x. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a !== a) return NaN;
  if (a < SMALL) return x;
  let found = 1;
  if (a < LARGE) {
    if (a >= 1) found = 1 - 2 / (expm1(2 * a) + 2);
    else {
      const t = expm1(-2 * a);
      found = -t / (t + 2);
    }
  }
  return x < 0 ? -found : found;
}
