/** Gradients summed per bin of every column, and the best place to cut them. */
import type { Binned } from './bins.ts';
import { MAX_BINS } from './bins.ts';

/** Three doubles a bin: sum of gradients, sum of hessians, rows. */
const SLOTS = 3;
const STRIDE = SLOTS * (MAX_BINS + 1);

export interface SplitRules {
  /** Rows on either side of a split, at least. */
  readonly minRows: number;
  /** Sum of hessians on either side of a split, at least. */
  readonly minHessian: number;
  /** L2 penalty of leaf values. */
  readonly lambda: number;
}

export interface Split {
  readonly gain: number;
  readonly column: number;
  /** Rows of bins up to and with this one go left. */
  readonly bin: number;
  readonly left: Sums;
}

export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Sums of the rows of one leaf, in row order; `gradients` and `hessians` are in that order already. */
export function fillHistogram(
  into: Float64Array,
  data: Binned,
  columns: Uint32Array,
  rows: Uint32Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  into.fill(0);
  for (let k = 0; k < columns.length; k++) {
    fillColumn(into.subarray(k * STRIDE, (k + 1) * STRIDE), data.bins[columns[k]], rows, gradients, hessians);
  }
}

function fillColumn(
  into: Float64Array,
  bins: Uint8Array,
  rows: Uint32Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const at = SLOTS * bins[rows[i]];
    into[at] += gradients[i];
    into[at + 1] += hessians[i];
    into[at + 2]++;
  }
}

/** `parent` becomes the sibling of `child`: what a sibling sums is what the child did not. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}

export function createHistogram(columns: number): Float64Array {
  return new Float64Array(columns * STRIDE);
}

/** What a leaf of these sums lowers the loss by, doubled: G^2 / (H + lambda). */
function score(gradient: number, hessian: number, lambda: number): number {
  return (gradient * gradient) / (hessian + lambda);
}

/** The cut with the greatest gain; of equals the first column and bin. null where no cut keeps the rules and gains. */
export function findSplit(
  histogram: Float64Array,
  data: Binned,
  columns: Uint32Array,
  total: Sums,
  { minRows, minHessian, lambda }: SplitRules,
): Split | null {
  const whole = score(total.gradient, total.hessian, lambda);
  let gain = 1e-12 * whole; // less is rounding
  let best: Split | null = null;
  for (let k = 0; k < columns.length; k++) {
    const cuts = data.bounds[columns[k]].length;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let bin = 0, at = k * STRIDE; bin < cuts; bin++, at += SLOTS) {
      if (histogram[at + 2] === 0) continue;
      gradient += histogram[at];
      hessian += histogram[at + 1];
      rows += histogram[at + 2];
      if (rows < minRows || hessian < minHessian) continue;
      const otherHessian = total.hessian - hessian;
      if (total.rows - rows < minRows || otherHessian < minHessian) break;
      const found = score(gradient, hessian, lambda) + score(total.gradient - gradient, otherHessian, lambda) - whole;
      if (found > gain) {
        gain = found;
        best = { gain, column: columns[k], bin, left: { gradient, hessian, rows } };
      }
    }
  }
  return best;
}
