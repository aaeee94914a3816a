/**
 * Between which values a figure lies, by resampling rows in blocks of time: the circular block bootstrap of Politis and Romano (1992).
 * Rows of one block keep together, because labels that overlap are not drawn one by one. Percentiles of few blocks are narrow, by as much
 * as a normal interval is beside Student's, and are taken further out for it (Hesterberg, What Teachers Should Know About the
 * Bootstrap, 2015: the expanded percentile interval).
 */
import { fail } from '../../base/errors.ts';
import type { Uniform } from '../../base/random.ts';
import { inverseNormal } from '../../numeric/normal.ts';
import { quantileOf } from '../../numeric/quantile.ts';
import { createWeighted, FIGURES, type Figure, type JudgedRows } from './weighted.ts';

/** From and to of 95 %; NaN where nothing can be said. */
export type Interval = readonly [from: number, to: number];

/** An interval of each figure. */
export interface Intervals extends Readonly<Record<Figure, Interval>> {
  /** Rows of a block. */
  readonly block: number;
  /** Sets of rows that were drawn. */
  readonly replicates: number;
}

const LEVEL = 0.95;
/** Labels whose lives follow each other, in a block. */
const LABELS_A_BLOCK = 2;

/**
 * Rows of a block: those that two independent labels span. A shorter one cuts what belongs together and makes intervals narrow, a
 * longer one leaves too few to draw from.
 */
export function blockLength(rows: number, independent: number): number {
  return Math.max(1, Math.min(rows, Math.ceil((LABELS_A_BLOCK * rows) / independent)));
}

/** How often each row is in a set as large as all of them, of blocks that begin anywhere and go on at the first row after the last. */
export function drawBlocks(random: Uniform, block: number, counts: Uint32Array): void {
  const rows = counts.length;
  counts.fill(0);
  for (let drawn = 0; drawn < rows; drawn += block) {
    const length = Math.min(block, rows - drawn);
    const start = Math.floor(random() * rows);
    const wrapped = Math.max(0, start + length - rows);
    for (let i = start; i < start + length - wrapped; i++) counts[i]++;
    for (let i = 0; i < wrapped; i++) counts[i]++;
  }
}

/** Intervals of every figure. Time: replicates times rows. */
export function intervalsOf(
  rows: JudgedRows,
  { block, replicates, random }: { readonly block: number; readonly replicates: number; readonly random: Uniform },
): Intervals {
  if (rows.labels.length === 0) fail('input', 'intervals', 'at least one row', 'none');
  const weighted = createWeighted(rows);
  const counts = new Uint32Array(rows.labels.length);
  const found = FIGURES.map(() => new Float64Array(replicates));
  const one = new Float64Array(FIGURES.length);
  for (let b = 0; b < replicates; b++) {
    drawBlocks(random, block, counts);
    weighted(counts, one);
    for (let f = 0; f < one.length; f++) found[f][b] = one[f];
  }
  const share = shareBelow(rows.labels.length / block);
  const intervals = Object.fromEntries(FIGURES.map((name, f) => [name, percentiles(found[f], share)])) as Record<
    Figure,
    Interval
  >;
  return { ...intervals, block, replicates };
}

/** Between the shares `below` and 1 - `below` of the sets in which the figure is defined; NaN where that is not most of them. */
export function percentiles(values: Float64Array, below: number): Interval {
  const sorted = values.filter((value) => value === value).sort();
  if (sorted.length < LEVEL * values.length) return [NaN, NaN];
  return [quantileOf(sorted, below), quantileOf(sorted, 1 - below)];
}

/**
 * What lies below an interval of 95 % of so many blocks: the probability of a standard normal variable below -t sqrt(n / (n - 1)),
 * where t is Student's at n - 1 degrees of freedom, by the first terms of its expansion (Abramowitz and Stegun 26.7.5).
 */
export function shareBelow(blocks: number): number {
  const freedom = Math.max(1, blocks - 1);
  const z = inverseNormal((1 + LEVEL) / 2);
  const cubed = z * z * z;
  const student = z + (cubed + z) / (4 * freedom) + (5 * cubed * z * z + 16 * cubed + 3 * z) / (96 * freedom * freedom);
  const far = student * Math.sqrt((freedom + 1) / freedom);
  let [low, high] = [0, 0.5];
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2;
    if (inverseNormal(middle) < -far) low = middle;
    else high = middle;
  }
  return low;
}
