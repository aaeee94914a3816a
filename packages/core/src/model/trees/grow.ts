/** One regression tree, grown leaf by leaf: the leaf whose best split gains most is split next, as in LightGBM. */
import type { Foreman } from './crew.ts';
import { bestFound, writeJob, type Candidate, type Split, type SplitRules, type Sums } from './histogram.ts';
import { blockCount, type Space } from './tree-space.ts';

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
  /** Its rows are order[from, to). */
  readonly from: number;
  readonly to: number;
  readonly total: Sums;
  /** Which of the histograms is its own. */
  readonly histogram: number;
  readonly split: Split | null;
}

interface Growing {
  readonly tree: Tree;
  readonly space: Space;
  /** Of each column of the data, ascending. */
  readonly bounds: readonly Float32Array[];
  readonly rules: GrowRules;
  readonly foreman: Foreman;
  /** Histograms that no leaf has. */
  readonly free: number[];
  readonly scratch: Uint32Array;
}

function addNode(tree: Tree): number {
  tree.column.push(-1);
  for (const list of [tree.threshold, tree.bin, tree.left, tree.right, tree.value, tree.gain]) list.push(0);
  return tree.column.length - 1;
}

/** Sums the rows order[from, to) of `leaf` and finds its best split, and that of the sibling that has the parent's histogram. */
function findSplits(
  g: Growing,
  from: number,
  to: number,
  leaf: Candidate,
  sibling?: Candidate,
): [Split | null, Split | null] {
  const { order, pairs, leafPairs, size } = g.space;
  for (let i = from, at = 0; i < to; i++, at += 2) {
    const pair = 2 * order[i];
    leafPairs[at] = pairs[pair];
    leafPairs[at + 1] = pairs[pair + 1];
  }
  writeJob(g.space, { rules: g.rules, from, to, leaf, ...(sibling && { sibling }) });
  g.foreman.run();
  const blocks = blockCount(size);
  return [bestFound(g.space, blocks, 0), sibling === undefined ? null : bestFound(g.space, blocks, 1)];
}

/** Puts the rows that go left before those that go right, each in their order; the number that go left. */
function partition(g: Growing, from: number, to: number, bins: Uint8Array, bin: number): number {
  const { order } = g.space;
  const right = g.scratch;
  let lefts = from;
  let rights = 0;
  for (let i = from; i < to; i++) {
    const row = order[i];
    if (bins[row] <= bin) order[lefts++] = row;
    else right[rights++] = row;
  }
  order.set(right.subarray(0, rights), lefts);
  return lefts - from;
}

/** The value of a leaf, float32. */
function valueOf({ gradient, hessian }: Sums, { lambda, learningRate }: GrowRules): number {
  return Math.fround((-gradient / (hessian + lambda)) * learningRate);
}

function splitLeaf(g: Growing, leaf: Leaf, split: Split): [Leaf, Leaf] {
  const { tree, space } = g;
  const { node, from, to } = leaf;
  const left = (tree.left[node] = addNode(tree));
  const right = (tree.right[node] = addNode(tree));
  tree.column[node] = split.column;
  tree.bin[node] = split.bin;
  tree.threshold[node] = g.bounds[split.column][split.bin];
  tree.gain[node] = split.gain;
  const middle = from + partition(g, from, to, space.bins[split.column], split.bin);
  const rest: Sums = {
    gradient: leaf.total.gradient - split.left.gradient,
    hessian: leaf.total.hessian - split.left.hessian,
    rows: leaf.total.rows - split.left.rows,
  };
  const children = [
    { node: left, from, to: middle, total: split.left },
    { node: right, from: middle, to, total: rest },
  ];
  for (const child of children) tree.value[child.node] = valueOf(child.total, g.rules);
  // Only the smaller child is summed; the other is what is left of the parent.
  const small = middle - from <= to - middle ? 0 : 1;
  const histograms = small === 0 ? [g.free.pop()!, leaf.histogram] : [leaf.histogram, g.free.pop()!];
  const [own, other] = [small, 1 - small].map((k) => ({ histogram: histograms[k], total: children[k].total }));
  const splits = findSplits(g, children[small].from, children[small].to, own, other);
  const [first, second] = children.map((child, k) => {
    return { ...child, histogram: histograms[k], split: splits[k === small ? 0 : 1] };
  });
  return [first, second];
}

function growRoot(g: Growing): Leaf {
  const { order, pairs } = g.space;
  let gradient = 0;
  let hessian = 0;
  for (const row of order) {
    gradient += pairs[2 * row];
    hessian += pairs[2 * row + 1];
  }
  const total = { gradient, hessian, rows: order.length };
  const node = addNode(g.tree);
  g.tree.value[node] = valueOf(total, g.rules);
  const histogram = g.free.pop()!;
  const [split] = findSplits(g, 0, order.length, { histogram, total });
  return { node, from: 0, to: order.length, total, histogram, split };
}

/** Grows trees over one space, one after the other. */
export function createGrower(
  space: Space,
  bounds: readonly Float32Array[],
  rules: GrowRules,
  foreman: Foreman,
): (onLeaf: (rows: Uint32Array, value: number) => void) => Tree {
  const scratch = new Uint32Array(space.size.bagged);
  /** Grows one tree on the rows and columns in the space, whose rows are permuted. Calls `onLeaf` with each leaf's rows and value. */
  return (onLeaf) => {
    const tree: Tree = { column: [], threshold: [], bin: [], left: [], right: [], value: [], gain: [] };
    const free = Array.from({ length: rules.leaves }, (_, k) => rules.leaves - 1 - k);
    const g: Growing = { tree, space, bounds, rules, foreman, free, scratch };
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
    for (const leaf of leaves) onLeaf(space.order.subarray(leaf.from, leaf.to), tree.value[leaf.node]);
    return tree;
  };
}
