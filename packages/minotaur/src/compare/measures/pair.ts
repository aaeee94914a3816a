/** Two columns over the same rows, and what an explanation of their difference is. */
import { medianOf, pick, spreadOf } from './robust.ts';

/** Values of a column on both sides, row by row; NaN where there is none. */
export interface Pair {
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** How far the values of A lie apart: the measure of what is small. */
  readonly scale: number;
}

export function pairOf(a: Float64Array, b: Float64Array): Pair {
  return { a, b, scale: spreadOf(a) || spreadOf(b) || Math.abs(medianOf(pick(a))) || 1 };
}

/** Why B differs from A, as far as it can be computed. */
export interface Explanation {
  /** Short name of the kind of cause: `lag`. */
  readonly cause: string;
  /** In words, without the column's name. */
  readonly text: string;
  /** The cheaper is taken. */
  readonly cost: number;
  /** What B would be by it; an explanation that takes `b` looks at rows of B beside A. */
  predict(a: Float64Array, b: Float64Array): Float64Array;
  /** Whether it may be the first of two: it needs no B, or only where B has no value. */
  readonly canLead: boolean;
  /** Rows at the beginning and at the end for which it would need rows that are not there. */
  readonly lacks?: Lacks;
}

export type Lacks = readonly [first: number, last: number];

/** A kind of cause: what of it would fit best, if it were the cause. Whether it is, is measured by others. */
export type Hypothesis = (pair: Pair) => readonly Explanation[];

/** Relative difference within which a prediction counts as right, and the part of the scale that is added to it. */
const NEAR = 1e-6;
const NEAR_ZERO = 1e-9;

/** Whether two values are the same up to the rounding of a computation. */
export function isNear(x: number, y: number, scale: number): boolean {
  if (x === y) return true;
  if (x !== x || y !== y) return x !== x && y !== y;
  const limit = NEAR * Math.max(Math.abs(x), Math.abs(y)) + NEAR_ZERO * scale;
  return Math.abs(x - y) <= limit && limit !== Infinity;
}

/** Whatever is near a finite `y` lies no farther from it than this: what is computed once, where many are asked of one value. */
export const nearBound = (y: number, scale: number): number =>
  (NEAR * Math.abs(y) + NEAR_ZERO * scale) * (1 + 2 * NEAR);

/** Whether two values have the same bits, -0 and 0 and all NaN being the same. */
export const isSame = (x: number, y: number): boolean => x === y || (x !== x && y !== y);
