/** The last step of a column's transform: what is learned for it, and how it is taken. */
import { exactSum } from '../base/exact.ts';
import { createScratch } from '../base/scratch.ts';
import {
  learnQuantiles,
  medianOf,
  medianRanks,
  quantileOf,
  quantileRanks,
  toNormal,
  toUniform,
} from '../numeric/quantile.ts';
import { placeRanks } from '../numeric/select.ts';
import type { ScaleName } from './spec.ts';
import { learnLambda, yeoJohnson } from './yeo-johnson.ts';

/**
 * What was learned: plain JSON, finite numbers. `unlearned`: the column had no value in training and none is imputed; its
 * values, which nothing is known of, become NaN.
 */
export type LearnedScale =
  | { readonly kind: 'standard'; readonly mean: number; readonly scale: number }
  | { readonly kind: 'minmax'; readonly min: number; readonly range: number }
  | { readonly kind: 'robust'; readonly center: number; readonly scale: number }
  | { readonly kind: 'yeo-johnson'; readonly lambda: number; readonly mean: number; readonly scale: number }
  | { readonly kind: 'quantile-normal'; readonly quantiles: readonly number[] }
  | { readonly kind: 'quantile-uniform'; readonly quantiles: readonly number[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unlearned' };

/**
 * Learns `scale` from the training values of one column, of which only the multiset counts.
 * @param values without NaN; their order is changed
 * @param rows training rows, those with NaN included
 */
export function learnScale(scale: ScaleName, values: Float64Array, rows: number): LearnedScale {
  if (scale === 'none') return { kind: scale };
  const { length } = values;
  if (length === 0) return { kind: 'unlearned' };
  switch (scale) {
    case 'standard':
      return { kind: scale, ...standardOf(values) };
    case 'minmax': {
      const [min, max] = extremesOf(values);
      return { kind: scale, min, range: spread(max - min) };
    }
    case 'robust':
      placeRanks(values, [...medianRanks(length), ...quantileRanks(length, 0.25), ...quantileRanks(length, 0.75)]);
      return {
        kind: scale,
        center: medianOf(values),
        scale: spread(quantileOf(values, 0.75) - quantileOf(values, 0.25)),
      };
    case 'yeo-johnson': {
      // A constant has no most likely lambda; 1 leaves it as it is.
      const lambda = isConstant(momentsOf(values), length) ? 1 : learnLambda(values, ...extremesOf(values));
      return yeoJohnsonAt(lambda, values);
    }
    default:
      return { kind: scale, quantiles: learnQuantiles(values.sort(), rows) };
  }
}

function extremesOf(values: Float64Array): [least: number, most: number] {
  let [least, most] = [values[0], values[0]];
  for (let i = 1; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  return [least, most];
}

/** The transform of Yeo and Johnson under `lambda`, standardised over `values`. */
export function yeoJohnsonAt(lambda: number, values: Float64Array): LearnedScale {
  const made = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) made[i] = yeoJohnson(lambda, values[i]);
  return { kind: 'yeo-johnson', lambda, ...standardOf(made) };
}

/** A learned scale, laid out for {@link applyScale}: numbers in typed arrays, which are read without an allocation. */
export interface ScaleKernel {
  readonly kind: LearnedScale['kind'];
  /** What is subtracted, what is divided by, lambda. */
  readonly numbers: Float64Array;
  readonly quantiles: Float64Array;
}

export function scaleKernel(learned: LearnedScale): ScaleKernel {
  const { kind } = learned;
  const numbers = new Float64Array(3);
  if (kind === 'standard') numbers.set([learned.mean, learned.scale]);
  if (kind === 'minmax') numbers.set([learned.min, learned.range]);
  if (kind === 'robust') numbers.set([learned.center, learned.scale]);
  if (kind === 'yeo-johnson') numbers.set([learned.mean, learned.scale, learned.lambda]);
  return { kind, numbers, quantiles: Float64Array.from('quantiles' in learned ? learned.quantiles : []) };
}

/** Scales `values[from]`, `values[from + stride]`, ... below `to` in place, each for itself. NaN stays. */
export function applyScale(kernel: ScaleKernel, values: Float64Array, from: number, to: number, stride: number): void {
  switch (kernel.kind) {
    case 'none':
      return;
    case 'unlearned':
      for (let i = from; i < to; i += stride) values[i] = NaN;
      return;
    case 'yeo-johnson':
      return standardiseYeoJohnson(kernel.numbers, values, from, to, stride);
    case 'quantile-normal':
      return toNormal(kernel.quantiles, values, from, to, stride);
    case 'quantile-uniform':
      return toUniform(kernel.quantiles, values, from, to, stride);
    default:
      return divide(kernel.numbers, values, from, to, stride);
  }
}

function divide(numbers: Float64Array, values: Float64Array, from: number, to: number, stride: number): void {
  for (let i = from; i < to; i += stride) values[i] = (values[i] - numbers[0]) / numbers[1];
}

function standardiseYeoJohnson(
  numbers: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  stride: number,
): void {
  for (let i = from; i < to; i += stride) values[i] = (yeoJohnson(numbers[2], values[i]) - numbers[0]) / numbers[1];
}

interface Moments {
  readonly mean: number;
  /** Divided by n. */
  readonly variance: number;
}

const distanceRoom = createScratch();

/** Exact sums: neither the number of values nor their distance from 0 wears the result. */
function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  const mean = exactSum(values, 0, n) / n;
  const distances = distanceRoom(n);
  for (let i = 0; i < n; i++) distances[i] = values[i] - mean;
  const correction = exactSum(distances, 0, n);
  for (let i = 0; i < n; i++) distances[i] *= distances[i];
  const squares = exactSum(distances, 0, n);
  // The second pass also mends the rounding of the mean: that of a constant is the constant.
  return { mean: mean + correction / n, variance: Math.max(0, squares - (correction * correction) / n) / n };
}

/** Whether the variance is no more than the rounding of the mean could make it; as scikit-learn decides it. */
function isConstant({ mean, variance }: Moments, n: number): boolean {
  const rounding = n * mean * Number.EPSILON;
  return variance < Infinity && variance <= n * Number.EPSILON * variance + rounding * rounding;
}

function standardOf(values: Float64Array): { mean: number; scale: number } {
  const moments = momentsOf(values);
  return { mean: moments.mean, scale: isConstant(moments, values.length) ? 1 : Math.sqrt(moments.variance) };
}

/** A distance to divide by: 1 where it is none. */
function spread(distance: number): number {
  return distance < 10 * Number.EPSILON ? 1 : distance;
}
