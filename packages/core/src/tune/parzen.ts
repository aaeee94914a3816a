/**
 * Parzen estimators: a density over points, one kernel an observation and a broad one over the whole space.
 *
 * A kernel is a product over dimensions. Of a number: a normal distribution cut at the ends of the scale, in logarithms where the
 * dimension is, summed over the cell of the grid where it has a step. sigma is the distance to the further of the two neighbours,
 * at least the width of the scale by min(100, 2 + observations), and at most that width ("magic clip"). Of a choice: the weight of
 * the observed one is 1 + 1/kernels, of every other 1/kernels, by their sum. Older observations count for less from 25 on.
 * Source: Optuna 5.0.0, samplers/_tpe/parzen_estimator.py and probability_distributions.py, with the defaults of TPESampler
 * (prior_weight 1, magic clip, no endpoints). Equal observations are taken in their order.
 */
import { exp, log } from '../base/elementary/index.ts';
import type { Uniform } from '../base/random.ts';
import { logMass, LOG_ROOT_TWO_PI, truncatedQuantile } from '../numeric/truncated-normal.ts';
import {
  scaleOf,
  valueAt,
  type ChoiceDimension,
  type Dimension,
  type FloatDimension,
  type IntDimension,
} from './space.ts';

/** Kernels of a number, the last of which is the broad one. */
interface NumberKernels {
  readonly dimension: FloatDimension | IntDimension;
  readonly mu: Float64Array;
  readonly sigma: Float64Array;
  /** The kernels by rising mu, those of equal mu in their order; the broad one last. */
  readonly order: Int32Array;
}

/** Kernels of a choice: `weights[kernel * choices + choice]`. */
interface ChoiceKernels {
  readonly dimension: ChoiceDimension;
  readonly weights: Float64Array;
}

/** What each kernel counts for, of which so many observations are enough to know. */
export interface KernelWeights {
  /** Of the observations from the oldest to the newest, then of the broad kernel; their sum is 1. */
  readonly weights: Float64Array;
  readonly logs: Float64Array;
}

export interface Parzen extends KernelWeights {
  readonly columns: readonly (NumberKernels | ChoiceKernels)[];
}

/** Newest observations that all count alike. */
const RECENT = 25;

/** Of observations from the oldest to the newest, before the broad kernel is added. */
function agedWeights(count: number): Float64Array {
  const weights = new Float64Array(count).fill(1);
  const ramp = count - RECENT;
  const step = ramp > 1 ? (1 - 1 / count) / (ramp - 1) : 0;
  for (let i = 0; i < ramp; i++) weights[i] = ramp > 1 && i === ramp - 1 ? 1 : 1 / count + i * step;
  return weights;
}

/** Of the kernels of so many observations. */
export function kernelWeights(count: number): KernelWeights {
  const weights = new Float64Array(count + 1).fill(1);
  weights.set(agedWeights(count));
  const sum = weights.reduce((a, b) => a + b, 0);
  for (let k = 0; k <= count; k++) weights[k] /= sum;
  return { weights, logs: logsOf(weights) };
}

/**
 * @param observations a column of places for each dimension, all of one length, from the oldest to the newest
 * @param counted of that many observations
 */
export function createParzen(
  dimensions: readonly Dimension[],
  observations: readonly Float64Array[],
  counted: KernelWeights,
): Parzen {
  const columns = dimensions.map((dimension, k) =>
    dimension.kind === 'choice'
      ? { dimension, weights: choiceWeights(dimension, observations[k]) }
      : numberKernels(dimension, observations[k]),
  );
  return { ...counted, columns };
}

function choiceWeights({ choices: { length } }: ChoiceDimension, observed: Float64Array): Float64Array {
  const kernels = observed.length + 1;
  // To the broad one all choices are alike.
  const weights = new Float64Array(kernels * length).fill(1 / length);
  const total = 1 + length / kernels;
  const [own, other] = [(1 + 1 / kernels) / total, 1 / kernels / total];
  for (let k = 0; k < observed.length; k++) {
    for (let c = 0; c < length; c++) weights[k * length + c] = c === observed[k] ? own : other;
  }
  return weights;
}

function numberKernels(dimension: FloatDimension | IntDimension, observed: Float64Array): NumberKernels {
  const { low, high, isLog } = scaleOf(dimension);
  const count = observed.length;
  const mu = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) mu[i] = isLog ? log(observed[i]) : observed[i];
  const order = inOrder(mu, count, low, high);
  const sorted = new Float64Array(count);
  for (let rank = 0; rank < count; rank++) sorted[rank] = mu[order[rank]];
  const sigma = new Float64Array(count + 1);
  const least = (high - low) / Math.min(100, 2 + count);
  for (let rank = 0; rank < count; rank++) {
    const distance = furtherNeighbour(sorted, rank, low, high);
    sigma[order[rank]] = Math.min(high - low, Math.max(least, distance));
  }
  mu[count] = 0.5 * (low + high);
  sigma[count] = high - low;
  order[count] = count;
  return { dimension, mu, sigma, order };
}

/**
 * The first `count` values of `mu` by their size, equal ones in their order; room for the broad kernel behind them. Counted into
 * cells, as many as there are values, then put right by insertion, which has little left to do.
 */
function inOrder(mu: Float64Array, count: number, low: number, high: number): Int32Array {
  const perUnit = count / (high - low);
  const cell = new Int32Array(count);
  const next = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    cell[i] = Math.min(count - 1, Math.floor((mu[i] - low) * perUnit));
    next[cell[i] + 1]++;
  }
  for (let c = 1; c <= count; c++) next[c] += next[c - 1];
  const order = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) order[next[cell[i]]++] = i;
  for (let k = 1; k < count; k++) {
    const own = order[k];
    let place = k;
    for (; place > 0 && mu[order[place - 1]] > mu[own]; place--) order[place] = order[place - 1];
    order[place] = own;
  }
  return order;
}

/** Distance to the further neighbour; the ends of the scale are neighbours of an only observation alone. */
function furtherNeighbour(sorted: Float64Array, rank: number, low: number, high: number): number {
  const last = sorted.length - 1;
  if (last === 0) return Math.max(sorted[0] - low, high - sorted[0]);
  if (rank === 0) return sorted[1] - sorted[0];
  if (rank === last) return sorted[last] - sorted[last - 1];
  return Math.max(sorted[rank] - sorted[rank - 1], sorted[rank + 1] - sorted[rank]);
}

/** Draws points: a column of places for each dimension. */
export function drawPoints({ weights, columns }: Parzen, uniform: Uniform, count: number): Float64Array[] {
  const kernels = Int32Array.from({ length: count }, () => pick(weights, 0, weights.length, uniform()));
  return columns.map((column) => Float64Array.from(kernels, (kernel) => drawOne(column, kernel, uniform())));
}

function drawOne(column: NumberKernels | ChoiceKernels, kernel: number, q: number): number {
  if ('weights' in column) {
    const { length } = column.dimension.choices;
    return pick(column.weights, kernel * length, (kernel + 1) * length, q) - kernel * length;
  }
  const { low, high } = scaleOf(column.dimension);
  const [mu, sigma] = [column.mu[kernel], column.sigma[kernel]];
  return valueAt(column.dimension, mu + sigma * truncatedQuantile(q, (low - mu) / sigma, (high - mu) / sigma));
}

/** The place among `weights[from, to)`, whose sum is 1, at which their running sum goes above `q`. */
function pick(weights: Float64Array, from: number, to: number, q: number): number {
  let sum = 0;
  for (let i = from; i < to - 1; i++) {
    sum += weights[i];
    if (q < sum) return i;
  }
  return to - 1;
}

/** Logarithm of the density at each of the points, which are columns of places. */
export function logDensity(parzen: Parzen, points: readonly Float64Array[]): Float64Array {
  if (points.length > 1) return densityOf(parzen, points);
  // Of one parameter many points are the same.
  const [at] = points;
  const values = Float64Array.from(new Set(at));
  const found = densityOf(parzen, [values]);
  return at.map((value) => found[values.indexOf(value)]);
}

function densityOf({ logs, columns }: Parzen, points: readonly Float64Array[]): Float64Array {
  const kernels = logs.length;
  const count = points[0].length;
  /** `terms[point * kernels + kernel]`. */
  const terms = new Float64Array(count * kernels);
  for (let i = 0; i < count; i++) terms.set(logs, i * kernels);
  columns.forEach((column, k) => {
    if ('weights' in column) addChoices(column, points[k], terms, kernels);
    else if (scaleOf(column.dimension).step > 0) addCells(column, points[k], terms);
    else addNumbers(column, points[k], terms);
  });
  const found = new Float64Array(count);
  for (let i = 0; i < count; i++) found[i] = logOfSum(terms, i * kernels, (i + 1) * kernels);
  return found;
}

/** Logarithms of values of which most are one of two. */
function logsOf(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length);
  let [last, logOfLast, other, logOfOther] = [1, 0, 1, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== last) {
      const found = value === other ? logOfOther : log(value);
      other = last;
      logOfOther = logOfLast;
      last = value;
      logOfLast = found;
    }
    logs[i] = logOfLast;
  }
  return logs;
}

/** A thousand terms so far below the greatest change nothing. */
const NEGLIGIBLE = 45;

function logOfSum(terms: Float64Array, from: number, to: number): number {
  let top = -Infinity;
  for (let i = from; i < to; i++) if (terms[i] > top) top = terms[i];
  if (top === -Infinity) return top;
  const least = top - NEGLIGIBLE;
  let sum = 0;
  for (let i = from; i < to; i++) if (terms[i] > least) sum += exp(terms[i] - top);
  return top + log(sum);
}

function addChoices(
  { dimension, weights }: ChoiceKernels,
  at: Float64Array,
  terms: Float64Array,
  kernels: number,
): void {
  const { length } = dimension.choices;
  const logs = logsOf(weights);
  for (let i = 0; i < at.length; i++) {
    for (let k = 0, w = at[i]; k < kernels; k++, w += length) terms[i * kernels + k] += logs[w];
  }
}

function addNumbers({ dimension, mu, sigma }: NumberKernels, at: Float64Array, terms: Float64Array): void {
  const { low, high, isLog } = scaleOf(dimension);
  const kernels = mu.length;
  const scale = new Float64Array(kernels);
  const constant = logsOf(sigma);
  for (let k = 0; k < kernels; k++) {
    scale[k] = 1 / sigma[k];
    constant[k] = -logMass((low - mu[k]) / sigma[k], (high - mu[k]) / sigma[k]) - constant[k] - LOG_ROOT_TWO_PI;
  }
  for (let i = 0; i < at.length; i++) {
    const x = isLog ? log(at[i]) : at[i];
    for (let k = 0; k < kernels; k++) {
      const z = (x - mu[k]) * scale[k];
      terms[i * kernels + k] += constant[k] - 0.5 * z * z;
    }
  }
}

/** On a grid few points, and few kernels that differ: each pair once. */
function addCells({ dimension, mu, sigma, order }: NumberKernels, at: Float64Array, terms: Float64Array): void {
  const { low, high, isLog, step } = scaleOf(dimension);
  const kernels = mu.length;
  const own = new Float64Array(kernels);
  for (const value of new Set(at)) {
    const [left, right] = isLog ? [log(value - step / 2), log(value + step / 2)] : [value - step / 2, value + step / 2];
    for (let j = 0; j < kernels; j++) {
      const k = order[j];
      const before = j > 0 ? order[j - 1] : k;
      if (before !== k && mu[before] === mu[k] && sigma[before] === sigma[k]) own[k] = own[before];
      else {
        const [m, s] = [mu[k], sigma[k]];
        own[k] = logMass((left - m) / s, (right - m) / s) - logMass((low - m) / s, (high - m) / s);
      }
    }
    for (let i = 0; i < at.length; i++) {
      if (at[i] !== value) continue;
      for (let k = 0; k < kernels; k++) terms[i * kernels + k] += own[k];
    }
  }
}
