/**
 * One column: learned from its training rows, applied to any. Everything is exact, nothing is sampled; learning holds one
 * column in memory at a time (two to three copies of it).
 */
import * as elementary from '../base/elementary/index.ts';
import { fail } from '../base/errors.ts';
import { createScratch } from '../base/scratch.ts';
import { medianOf, medianRanks, quantileOf, quantileRanks } from '../numeric/quantile.ts';
import { placeRanks } from '../numeric/select.ts';
import { applyScale, learnScale, scaleKernel, type LearnedScale, type ScaleKernel } from './scale.ts';
import type { ColumnSpec } from './spec.ts';

/** What is known of a column, as plain JSON with finite numbers. */
export interface LearnedColumn {
  /** Of the column, as in a row. */
  readonly name: string;
  /** The steps, as configured. */
  readonly spec: ColumnSpec;
  /** Values at the quantiles of `spec.clip`; absent where it is null or the column had no value in training. */
  readonly clip?: readonly [low: number, high: number];
  /** What a missing value becomes; absent where nothing is imputed. */
  readonly impute?: number;
  /** What the scale learned. */
  readonly scale: LearnedScale;
}

/**
 * Learns the transform of a column. A pure function of the training values, whose order does not matter: not a bit of
 * what is learned depends on it.
 *
 * Each step learns from what the steps before it make of the training values: limits after log1p, the median after
 * clipping, the scale after imputing.
 * @param training the values of the training rows, NaN where missing; not changed
 * @throws where the specification makes no sense, or what was learned is beyond the range of doubles
 */
export function learnColumn(name: string, training: Float64Array, spec: ColumnSpec): LearnedColumn {
  const [low, high] = spec.clip ?? [0, 1];
  if (!(low >= 0 && low < high && high <= 1))
    fail('config', `transform of ${name}`, 'clip quantiles from 0 to 1, the lower first', `[${low}, ${high}]`);
  const present = presentOf(training, spec.log1p);
  const { length } = present;
  // What is limited keeps its order, so the ranks of the median are placed with those of the limits.
  const limitRanks = spec.clip === null ? [] : [...quantileRanks(length, low), ...quantileRanks(length, high)];
  placeRanks(present, [...limitRanks, ...(spec.impute === 'none' ? [] : medianRanks(length))]);
  const clip =
    spec.clip === null || present.length === 0 ? null : [quantileOf(present, low), quantileOf(present, high)];
  if (clip !== null) {
    const limits = Float64Array.from(clip);
    for (let i = 0; i < present.length; i++) limitAt(present, i, limits);
  }
  const impute = spec.impute === 'none' ? undefined : present.length === 0 ? 0 : medianOf(present);
  const complete = impute === undefined ? present : withMissing(present, impute, training.length);
  const learned: LearnedColumn = {
    name,
    spec,
    ...(clip === null ? {} : { clip: clip as [number, number] }),
    ...(impute === undefined ? {} : { impute }),
    scale: learnScale(spec.scale, complete, training.length),
  };
  requireFinite(learned);
  // What a file keeps of it, which is all but the sign of 0: the same bits before and after it was stored.
  return JSON.parse(JSON.stringify(learned)) as LearnedColumn;
}

/** Number of output columns: the value, and behind it whether it was clipped where that is asked for. */
export function outputWidth({ wasClipped, clip }: ColumnSpec): number {
  return wasClipped && clip !== null ? 2 : 1;
}

/** A learned column, laid out for {@link applyColumn}. */
export interface ColumnKernel {
  readonly log1p: boolean;
  readonly flagged: boolean;
  /** Lower limit, upper limit, what a missing value becomes (NaN: stays). */
  readonly numbers: Float64Array;
  readonly scale: ScaleKernel;
}

export function columnKernel({ spec, clip = [-Infinity, Infinity], impute = NaN, scale }: LearnedColumn): ColumnKernel {
  const numbers = Float64Array.of(clip[0], clip[1], impute);
  return { log1p: spec.log1p, flagged: outputWidth(spec) === 2, numbers, scale: scaleKernel(scale) };
}

/**
 * Applies what was learned to `values[from]`, `values[from + stride]`, ... below `to`, and writes to `out[outFrom]`,
 * `out[outFrom + outStride]`, ...; the flag of a column that has one lies right behind its value. Each value depends on
 * its input alone: one at a time and in blocks give the same bits. NaN where a missing value is not imputed.
 */
export function applyColumn(
  kernel: ColumnKernel,
  values: Float64Array,
  from: number,
  to: number,
  stride: number,
  out: Float64Array,
  outFrom: number,
  outStride: number,
): void {
  const { log1p, flagged, numbers, scale } = kernel;
  let end = outFrom;
  for (let i = from; i < to; i += stride, end += outStride) {
    out[end] = values[i];
    enterAt(out, end, log1p);
    if (flagged) out[end + 1] = out[end] < numbers[0] || out[end] > numbers[1] ? 1 : 0;
    limitAt(out, end, numbers);
    if (out[end] !== out[end]) out[end] = numbers[2];
  }
  applyScale(scale, out, outFrom, end, outStride);
  // One bit pattern for NaN and for 0. In a conditional expression the two would be put on the heap.
  for (let o = outFrom; o < end; o += outStride) {
    if (out[o] === out[o]) out[o] += 0;
    else out[o] = NaN;
  }
}

/**
 * Takes `values[at]` through the first steps: finite, or NaN. It and {@link limitAt} are handed a place instead of a value
 * because a double that is handed over may be put on the heap.
 */
function enterAt(values: Float64Array, at: number, log1p: boolean): void {
  if (log1p) values[at] = elementary.log1p(values[at]);
  if (!(Math.abs(values[at]) < Infinity)) values[at] = NaN;
}

/** NaN stays. */
function limitAt(values: Float64Array, at: number, limits: Float64Array): void {
  if (values[at] < limits[0]) values[at] = limits[0];
  else if (values[at] > limits[1]) values[at] = limits[1];
}

const presentRoom = createScratch();

/** The values that are not missing: the beginning of a room for all of them, until the next column. */
function presentOf(training: Float64Array, log1p: boolean): Float64Array {
  const present = presentRoom(training.length);
  let count = 0;
  for (let i = 0; i < training.length; i++) {
    present[count] = training[i];
    enterAt(present, count, log1p);
    if (present[count] !== present[count]) continue;
    // -0 is 0, or the order of the two would show.
    present[count++] += 0;
  }
  return present.subarray(0, count);
}

/** `present` and as many times `value` as are missing to `length`. */
function withMissing(present: Float64Array, value: number, length: number): Float64Array {
  // They are the beginning of a room of that length.
  const complete = new Float64Array(present.buffer, present.byteOffset, length);
  return complete.fill(value, present.length);
}

function requireFinite({ name, clip, impute, scale }: LearnedColumn): void {
  for (const [key, value] of Object.entries({ clip, impute, ...scale }))
    for (const x of [value].flat())
      if (typeof x === 'number' && !Number.isFinite(x))
        fail('input', `transform of ${name}`, `a finite ${key} of its training values`, `${x}`);
}
