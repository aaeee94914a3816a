/** Limited-memory BFGS with a backtracking line search (Nocedal and Wright, algorithms 3.1, 7.4 and 7.5). */

import { dot } from './dot.ts';

/** Value at `at`; writes the gradient into `slope`. */
export type Objective = (at: Float64Array, slope: Float64Array) => number;

const MEMORY = 10;
const SUFFICIENT = 1e-4;
/** Largest coordinate of the gradient at which the minimum counts as found. */
const FLAT = 1e-9;
/** A step that gains no more than this is lost in the rounding of the sums. */
const ROUNDING = 1e-15;

interface Pair {
  readonly step: Float64Array;
  readonly turn: Float64Array;
  readonly curvature: number;
}

/** a + k b. */
function plus(a: Float64Array, k: number, b: Float64Array): Float64Array {
  return a.map((value, i) => value + k * b[i]);
}

/** Minus the inverse Hessian times the gradient, as far as the last pairs tell. */
function direction(slope: Float64Array, pairs: readonly Pair[]): Float64Array {
  let d: Float64Array = slope.map((value) => -value);
  const shares: number[] = [];
  for (let k = pairs.length - 1; k >= 0; k--) {
    shares[k] = dot(pairs[k].step, d, d.length) / pairs[k].curvature;
    d = plus(d, -shares[k], pairs[k].turn);
  }
  if (pairs.length > 0) {
    const { turn, curvature } = pairs[pairs.length - 1];
    const scale = curvature / dot(turn, turn, turn.length);
    d = d.map((value) => value * scale);
  }
  pairs.forEach(({ step, turn, curvature }, k) => {
    d = plus(d, shares[k] - dot(turn, d, d.length) / curvature, step);
  });
  return d;
}

/** The minimum near `start`, where the gradient is flat, no step lowers the value, or the iterations are used up. */
export function lbfgs(f: Objective, start: Float64Array, maxIterations: number): Float64Array {
  let at = start;
  let slope: Float64Array = new Float64Array(start.length);
  let value = f(at, slope);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (slope.every((g) => Math.abs(g) <= FLAT)) return at;
    const d = direction(slope, pairs);
    const descent = dot(d, slope, d.length);
    let length = iteration === 0 ? Math.min(1, 1 / Math.sqrt(-descent)) : 1;
    for (;;) {
      const next = plus(at, length, d);
      const nextSlope = new Float64Array(at.length);
      const nextValue = f(next, nextSlope);
      if (nextValue <= value + SUFFICIENT * length * descent) {
        const turn = plus(nextSlope, -1, slope);
        const step = plus(next, -1, at);
        const curvature = dot(step, turn, step.length);
        if (curvature > 0) pairs.push({ step, turn, curvature });
        if (pairs.length > MEMORY) pairs.shift();
        const gained = value - nextValue;
        at = next;
        slope = nextSlope;
        value = nextValue;
        if (gained <= ROUNDING * Math.max(1, Math.abs(value))) return at;
        break;
      }
      length /= 2;
      if (length < 1e-12) return at;
    }
  }
  return at;
}
