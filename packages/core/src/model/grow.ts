/** One regression tree, grown leaf by leaf: the leaf whose best split gains most is split next, as in LightGBM. */
import type { Binned } from './bins.ts';
import type { Split, SplitRules, Sums } from './histogram.ts';
import { createHistogram, fillHistogram, findSplit, subtractHistogram } from './histogram.ts';

/**
 * Nodes in the order they were made, root first. A node with `column` -1 is a leaf; otherwise x[column] <= threshold
 * goes to `left`, all else, NaN too, to `right`.
 */
export interface Tree {
  /** Which feature a node looks at; -1: a leaf. */
  readonly column: number[];
  /** Float32. */
  readonly threshold: number[];
  /** Bin of the threshold in training. */
  readonly bin: number[];
  /** Node for values up to the threshold. */
  readonly left: number[];
  /** Node for all else. */
  readonly right: number[];
  /** Float32, of leaves. */
  readonly value: number[];
  /** What the split lowered the loss by, doubled. */
  readonly gain: number[];
}

export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly learningRate: number;
}

interface Leaf {
  readonly node: number;
  /** Its rows are rows[from, to). */
  readonly from: number;
  readonly to: number;
  readonly total: Sums;
  readonly histogram: Float64Array;
  readonly split: Split | null;
}

/** Buffers that every tree of a training run uses again. */
export interface Workspace {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly scratch: Uint32Array;
  readonly histograms: Float64Array[];
}

export function createWorkspace(rows: number, columns: number, leaves: number): Workspace {
  return {
    gradients: new Float64Array(rows),
    hessians: new Float64Array(rows),
    scratch: new Uint32Array(rows),
    histograms: Array.from({ length: leaves }, () => createHistogram(columns)),
  };
}

interface Growing {
  readonly tree: Tree;
  readonly data: Binned;
  /** Rows of the tree, permuted so that each leaf's are together and in order. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly rules: GrowRules;
  readonly space: Workspace;
}

function addNode(tree: Tree): number {
  tree.column.push(-1);
  for (const list of [tree.threshold, tree.bin, tree.left, tree.right, tree.value, tree.gain]) list.push(0);
  return tree.column.length - 1;
}

function sumHistogram(g: Growing, into: Float64Array, from: number, to: number): void {
  const rows = g.rows.subarray(from, to);
  const gradients = g.space.gradients.subarray(0, rows.length);
  const hessians = g.space.hessians.subarray(0, rows.length);
  for (let i = 0; i < rows.length; i++) {
    gradients[i] = g.gradient[rows[i]];
    hessians[i] = g.hessian[rows[i]];
  }
  fillHistogram(into, g.data, g.columns, rows, gradients, hessians);
}

/** Puts the rows that go left before those that go right, each in their order; the number that go left. */
function partition(g: Growing, from: number, to: number, bins: Uint8Array, bin: number): number {
  const { rows } = g;
  const right = g.space.scratch;
  let lefts = from;
  let rights = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i];
    if (bins[row] <= bin) rows[lefts++] = row;
    else right[rights++] = row;
  }
  rows.set(right.subarray(0, rights), lefts);
  return lefts - from;
}

function makeLeaf(g: Growing, node: number, from: number, to: number, total: Sums, histogram: Float64Array): Leaf {
  const { lambda, learningRate } = g.rules;
  g.tree.value[node] = Math.fround((-total.gradient / (total.hessian + lambda)) * learningRate);
  return { node, from, to, total, histogram, split: findSplit(histogram, g.data, g.columns, total, g.rules) };
}

function splitLeaf(g: Growing, leaf: Leaf, split: Split): [Leaf, Leaf] {
  const { tree, data } = g;
  const node = leaf.node;
  const left = (tree.left[node] = addNode(tree));
  const right = (tree.right[node] = addNode(tree));
  tree.column[node] = split.column;
  tree.bin[node] = split.bin;
  tree.threshold[node] = data.bounds[split.column][split.bin];
  tree.gain[node] = split.gain;
  const middle = leaf.from + partition(g, leaf.from, leaf.to, data.bins[split.column], split.bin);
  const rest: Sums = {
    gradient: leaf.total.gradient - split.left.gradient,
    hessian: leaf.total.hessian - split.left.hessian,
    rows: leaf.total.rows - split.left.rows,
  };
  // Only the smaller child is summed; the other is what is left of the parent.
  const small = g.space.histograms.pop()!;
  const leftIsSmall = middle - leaf.from <= leaf.to - middle;
  if (leftIsSmall) sumHistogram(g, small, leaf.from, middle);
  else sumHistogram(g, small, middle, leaf.to);
  subtractHistogram(leaf.histogram, small);
  return [
    makeLeaf(g, left, leaf.from, middle, split.left, leftIsSmall ? small : leaf.histogram),
    makeLeaf(g, right, middle, leaf.to, rest, leftIsSmall ? leaf.histogram : small),
  ];
}

function growRoot(g: Growing): Leaf {
  let gradient = 0;
  let hessian = 0;
  for (const row of g.rows) {
    gradient += g.gradient[row];
    hessian += g.hessian[row];
  }
  const histogram = g.space.histograms.pop()!;
  sumHistogram(g, histogram, 0, g.rows.length);
  return makeLeaf(g, addNode(g.tree), 0, g.rows.length, { gradient, hessian, rows: g.rows.length }, histogram);
}

/**
 * Grows one tree on `rows` (permuted in place) and `columns` of `data`, to gradients and hessians per row of data.
 * Calls `onLeaf` with each leaf's rows and value.
 */
export function growTree(
  data: Binned,
  rows: Uint32Array,
  columns: Uint32Array,
  gradient: Float64Array,
  hessian: Float64Array,
  rules: GrowRules,
  space: Workspace,
  onLeaf: (rows: Uint32Array, value: number) => void,
): Tree {
  const tree: Tree = { column: [], threshold: [], bin: [], left: [], right: [], value: [], gain: [] };
  const g: Growing = { tree, data, rows, columns, gradient, hessian, rules, space };
  const leaves = [growRoot(g)];
  while (leaves.length < rules.leaves) {
    let best = -1;
    for (let i = 0; i < leaves.length; i++) {
      const gain = leaves[i].split?.gain ?? 0;
      if (gain > (best < 0 ? 0 : leaves[best].split!.gain)) best = i;
    }
    if (best < 0) break;
    const [left, right] = splitLeaf(g, leaves[best], leaves[best].split!);
    leaves[best] = left;
    leaves.push(right);
  }
  for (const leaf of leaves) {
    space.histograms.push(leaf.histogram);
    onLeaf(rows.subarray(leaf.from, leaf.to), tree.value[leaf.node]);
  }
  return tree;
}
