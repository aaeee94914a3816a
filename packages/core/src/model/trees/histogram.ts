/** Gradients summed per bin of a block of columns, and the best place to cut them. */
import { CELLS, COUNT_BYTES, createFill, SUM_BYTES } from './kernel.ts';
import { BLOCK_COLUMNS, FOUND, PASS_COLUMNS, paddedColumns, type Space } from './tree-space.ts';

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

/** A leaf whose best split is looked for. */
export interface Candidate {
  /** Which histogram is or becomes its own. */
  readonly histogram: number;
  readonly total: Sums;
}

/**
 * What is asked of every block: the sums of one leaf's rows, whose pairs lie in `leafPairs`, and the best split of it. Beside it, where
 * there is one, that of its sibling, whose histogram is the parent's less these sums: only the smaller child is summed.
 */
export interface Job {
  readonly rules: SplitRules;
  /** Rows order[from, to). */
  readonly from: number;
  readonly to: number;
  readonly leaf: Candidate;
  readonly sibling?: Candidate;
}

const numbersOf = ({ histogram, total }: Candidate): number[] => [histogram, total.gradient, total.hessian, total.rows];
const candidateOf = ([histogram, gradient, hessian, rows]: ArrayLike<number> & Iterable<number>): Candidate => {
  return { histogram, total: { gradient, hessian, rows } };
};

/** Puts a job where every thread sees it. */
export function writeJob({ job }: Space, { rules, from, to, leaf, sibling }: Job): void {
  const other = sibling === undefined ? [-1, 0, 0, 0] : numbersOf(sibling);
  job.set([rules.minRows, rules.minHessian, rules.lambda, from, to, ...numbersOf(leaf), ...other]);
}

function readJob({ job }: Space): Job {
  const [minRows, minHessian, lambda, from, to] = job;
  const leaf = candidateOf(job.subarray(5, 9));
  const sibling = candidateOf(job.subarray(9, 13));
  const rules = { minRows, minHessian, lambda };
  return { rules, from, to, leaf, ...(sibling.histogram >= 0 && { sibling }) };
}

/** Rows that are taken through all columns of a block together: their pairs stay in the second-level cache. */
const TILE_ROWS = 8192;

/** Does what the job asks of the columns of a block, and leaves what it found there. */
export function createBlockWork(space: Space): (block: number) => void {
  const { size, memory, columns, address, found } = space;
  const fill = createFill(memory);
  const padded = paddedColumns(size);
  const sumsOf = (histogram: number, k: number): number => address.sums + (histogram * padded + k) * SUM_BYTES;
  const countsOf = (histogram: number, k: number): number => address.counts + (histogram * padded + k) * COUNT_BYTES;
  const viewOf = (histogram: number, from: number, to: number): Histogram => ({
    sums: new Float64Array(memory.buffer, sumsOf(histogram, from), ((to - from) * SUM_BYTES) / 8),
    counts: new Uint32Array(memory.buffer, countsOf(histogram, from), ((to - from) * COUNT_BYTES) / 4),
  });
  const binsAt = (k: number): number => address.bins + columns[k] * size.rows;
  const sum = (histogram: number, first: number, last: number, { from, to }: Job): void => {
    for (let tile = from; tile < to; tile += TILE_ROWS) {
      const rows = address.order + 4 * tile;
      const pairs = address.leafPairs + 16 * (tile - from);
      const end = address.leafPairs + 16 * (Math.min(to, tile + TILE_ROWS) - from);
      for (let k = first; k < last; k += PASS_COLUMNS) {
        const [a, b, c, d] = [binsAt(k), binsAt(k + 1), binsAt(k + 2), binsAt(k + 3)];
        fill(sumsOf(histogram, k), countsOf(histogram, k), a, b, c, d, rows, pairs, end);
      }
    }
  };
  return (block) => {
    const job = readJob(space);
    const first = block * BLOCK_COLUMNS;
    const last = Math.min(padded, first + BLOCK_COLUMNS);
    const own = viewOf(job.leaf.histogram, first, last);
    own.sums.fill(0);
    own.counts.fill(0);
    sum(job.leaf.histogram, first, last, job);
    findSplit(own, space, first, job.leaf.total, job.rules, found, 2 * block * FOUND);
    if (job.sibling === undefined) return;
    const other = viewOf(job.sibling.histogram, first, last);
    subtract(other, own);
    findSplit(other, space, first, job.sibling.total, job.rules, found, (2 * block + 1) * FOUND);
  };
}

/** Of some columns: gradient and hessian of each bin beside each other, and rows of each bin. */
interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

/** `parent` becomes the sibling of `child`: what a sibling sums is what the child did not. */
function subtract(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.sums.length; i++) parent.sums[i] -= child.sums[i];
  for (let i = 0; i < parent.counts.length; i++) parent.counts[i] -= child.counts[i];
}

/** What a leaf of these sums lowers the loss by, doubled: G^2 / (H + lambda). */
function score(gradient: number, hessian: number, lambda: number): number {
  return (gradient * gradient) / (hessian + lambda);
}

/**
 * Writes the cut with the greatest gain of columns of the tree, from its `first` on; of equals the first column and bin. Column -1
 * where no cut keeps the rules and gains.
 */
function findSplit(
  { sums, counts }: Histogram,
  { size, columns, cuts }: Space,
  first: number,
  total: Sums,
  { minRows, minHessian, lambda }: SplitRules,
  found: Float64Array,
  at: number,
): void {
  const whole = score(total.gradient, total.hessian, lambda);
  let most = 1e-12 * whole; // less is rounding
  found[at + 1] = -1;
  const last = Math.min(size.used, first + BLOCK_COLUMNS);
  for (let k = first; k < last; k++) {
    const bins = cuts[columns[k]];
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let bin = 0, cell = (k - first) * CELLS; bin < bins; bin++, cell++) {
      const count = counts[cell];
      if (count === 0) continue;
      gradient += sums[2 * cell];
      hessian += sums[2 * cell + 1];
      rows += count;
      if (rows < minRows || hessian < minHessian) continue;
      const otherHessian = total.hessian - hessian;
      if (total.rows - rows < minRows || otherHessian < minHessian) break;
      const gain = score(gradient, hessian, lambda) + score(total.gradient - gradient, otherHessian, lambda) - whole;
      if (gain > most) {
        most = gain;
        found[at] = gain;
        found[at + 1] = columns[k];
        found[at + 2] = bin;
        found[at + 3] = gradient;
        found[at + 4] = hessian;
        found[at + 5] = rows;
      }
    }
  }
}

/** The best that any block found, of equals that of the first: for the leaf of the job, or for its sibling (1). */
export function bestFound({ found }: Space, blocks: number, which: 0 | 1): Split | null {
  let best = -1;
  for (let block = 0; block < blocks; block++) {
    const at = (2 * block + which) * FOUND;
    if (found[at + 1] >= 0 && (best < 0 || found[at] > found[best])) best = at;
  }
  if (best < 0) return null;
  const [gain, column, bin, gradient, hessian, rows] = found.subarray(best, best + FOUND);
  return { gain, column, bin, left: { gradient, hessian, rows } };
}
