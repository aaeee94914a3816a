/** Windowed statistics in 400-bit arithmetic, each a function of the values of its window, oldest first. */
import { crossed, fixed, line, logRatio, mean, moment, ONE, over, root, times, total } from './fixed-point.ts';

export type Reference = (x: bigint[], y: bigint[]) => bigint;

export const big = (n: number): bigint => BigInt(n);
export const variance: Reference = (x) => moment(x, 2) / big(x.length);
export const sampleVariance: Reference = (x) => moment(x, 2) / big(x.length - 1);
export const correlation: Reference = (x, y) => over(crossed(x, y), root(times(crossed(x, x), crossed(y, y))));
export const returns = (x: bigint[]): bigint[] => x.slice(1).map((value, k) => over(value - x[k], x[k]));
export const logReturns = (x: bigint[]): bigint[] => x.slice(1).map((value, k) => logRatio(value, x[k]));
export const size = (x: bigint): bigint => (x < 0n ? -x : x);
export const HALF_PI = fixed(Math.PI / 2);
export const FOUR_LN_2 = 4n * logRatio(2n, 1n);
export const slope: Reference = (x) => line(x).slope;

export function weighted(x: bigint[], weight: (k: number) => number): bigint {
  const weights = x.map((_, k) => big(weight(k)));
  return total(x.map((value, k) => value * weights[k])) / total(weights);
}

export function skew(x: bigint[]): bigint {
  const n = big(x.length);
  const squares = moment(x, 2);
  const scale = over(root((n - 1n) * ONE), (n - 2n) * ONE) * n;
  return over(times(scale, moment(x, 3)), times(squares, root(squares)));
}

export function kurt(x: bigint[]): bigint {
  const n = big(x.length);
  const squares = moment(x, 2);
  const ratio = over(n * (n + 1n) * moment(x, 4), times(squares, squares));
  return ((n - 1n) * (ratio - 3n * (n - 1n) * ONE)) / ((n - 2n) * (n - 3n));
}

export function distance(x: bigint[]): bigint {
  const m = mean(x);
  return total(x.map((value) => size(value - m))) / big(x.length);
}
