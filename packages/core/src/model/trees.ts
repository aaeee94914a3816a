/**
 * Gradient boosting of regression trees for the logarithmic loss (Friedman 2001; histograms and leaf-wise growth after
 * LightGBM, Ke et al. 2017): score(x) = base + sum of leaf values, probability = sigmoid(score).
 *
 * The same data, options and seed give the same model, bit by bit: sums run in row order and choices are seeded.
 */
import { log } from '../base/elementary/index.ts';
import { fail } from '../base/errors.ts';
import { mulberry32 } from '../base/random.ts';
import type { Binned } from './bins.ts';
import { binColumns } from './bins.ts';
import type { GrowRules, Tree } from './grow.ts';
import { createWorkspace, growTree } from './grow.ts';
import type { Labelled, Matrix } from './matrix.ts';
import { lossOfScore, requireTrainable, sigmoid } from './matrix.ts';
import { choose } from './choose.ts';

export interface TreeOptions extends GrowRules {
  /** Trees at most. */
  readonly rounds: number;
  /** Stops after this many rounds without a lower validation loss; the model is cut back to its lowest. */
  readonly patience: number;
  /** Of the columns, for each tree. */
  readonly featureFraction: number;
  /** Of the rows, for each tree. */
  readonly baggingFraction: number;
  readonly seed: number;
}

/** LightGBM's own defaults, with a penalty of 1 and patience of 50. */
const TREE_DEFAULTS: TreeOptions = {
  rounds: 500,
  leaves: 31,
  learningRate: 0.1,
  minRows: 20,
  minHessian: 1e-3,
  lambda: 1,
  patience: 50,
  featureFraction: 1,
  baggingFraction: 1,
  seed: 1,
};

/** Boosted trees: the sigmoid of the base and of a leaf of each. */
export interface TreeModel {
  /** Which model it is. */
  readonly kind: 'trees';
  /** Features that it sees. */
  readonly width: number;
  /** Float32: log odds of the training labels. */
  readonly base: number;
  /** In the order in which they were grown. */
  readonly trees: readonly Tree[];
}

export interface TreeTraining {
  readonly model: TreeModel;
  /** Mean loss on validation after each round; empty without validation. */
  readonly validationLoss: readonly number[];
}

function logOdds({ y, weights }: Labelled): number {
  let positive = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    positive += w * y[i];
    total += w;
  }
  return Math.fround(log(positive / (total - positive)));
}

function setGradients({ y, weights }: Labelled, scores: Float64Array, g: Float64Array, h: Float64Array): void {
  for (let i = 0; i < y.length; i++) {
    const p = sigmoid(scores[i]);
    const w = weights ? weights[i] : 1;
    g[i] = w * (p - y[i]);
    h[i] = w * p * (1 - p);
  }
}

function meanLoss({ y, weights }: Labelled, scores: Float64Array): number {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    loss += w * lossOfScore(scores[i], y[i]);
    total += w;
  }
  return loss / total;
}

/** The leaf of row `row`, by the comparison the exported model makes. */
function leafOf(tree: Tree, columns: readonly Float32Array[], row: number): number {
  let node = 0;
  while (tree.column[node] >= 0) {
    node = columns[tree.column[node]][row] <= tree.threshold[node] ? tree.left[node] : tree.right[node];
  }
  return node;
}

function addBinned(tree: Tree, { bins, rows }: Binned, scores: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    let node = 0;
    while (tree.column[node] >= 0) {
      node = bins[tree.column[node]][row] <= tree.bin[node] ? tree.left[node] : tree.right[node];
    }
    scores[row] += tree.value[node];
  }
}

function requireOptions(o: TreeOptions): void {
  const where = 'tree options';
  const fraction = (name: 'featureFraction' | 'baggingFraction'): void => {
    if (!(o[name] > 0 && o[name] <= 1)) fail('config', where, `${name} in (0, 1]`, `${o[name]}`);
  };
  fraction('featureFraction');
  fraction('baggingFraction');
  if (!(Number.isInteger(o.leaves) && o.leaves >= 2)) fail('config', where, 'leaves of 2 or more', `${o.leaves}`);
  if (!(Number.isInteger(o.rounds) && o.rounds >= 1)) fail('config', where, 'rounds of 1 or more', `${o.rounds}`);
  if (!(o.lambda >= 0)) fail('config', where, 'lambda of 0 or more', `${o.lambda}`);
  if (!(o.learningRate > 0)) fail('config', where, 'a learningRate above 0', `${o.learningRate}`);
}

/** Follows the loss on validation and says when to stop; without validation it never does. */
function createWatch(validation: Labelled | undefined, base: number, patience: number) {
  const scores = new Float64Array(validation?.x.rows ?? 0).fill(base);
  const losses: number[] = [];
  let best = -1;
  return {
    losses,
    kept: (grown: number): number => (validation ? best + 1 : grown),
    stopsAfter(tree: Tree): boolean {
      if (!validation) return false;
      for (let i = 0; i < scores.length; i++) scores[i] += tree.value[leafOf(tree, validation.x.columns, i)];
      losses.push(meanLoss(validation, scores));
      if (best < 0 || losses[losses.length - 1] < losses[best]) best = losses.length - 1;
      return losses.length - 1 - best >= patience;
    },
  };
}

export function trainTrees(train: Labelled, validation?: Labelled, options: Partial<TreeOptions> = {}): TreeTraining {
  const o: TreeOptions = { ...TREE_DEFAULTS, ...options };
  requireOptions(o);
  requireTrainable(train, 'training split');
  if (validation) requireTrainable(validation, 'validation split');
  const { rows, width } = train.x;
  const data = binColumns(train.x);
  const base = logOdds(train);
  const scores = new Float64Array(rows).fill(base);
  const gradient = new Float64Array(rows);
  const hessian = new Float64Array(rows);
  const random = mulberry32(o.seed);
  const bagged = Math.max(1, Math.round(rows * o.baggingFraction));
  const used = Math.max(1, Math.round(width * o.featureFraction));
  const space = createWorkspace(bagged, used, o.leaves);
  const watch = createWatch(validation, base, o.patience);
  const trees: Tree[] = [];
  while (trees.length < o.rounds) {
    setGradients(train, scores, gradient, hessian);
    const bag = choose(random, rows, bagged);
    const tree = growTree(data, bag, choose(random, width, used), gradient, hessian, o, space, (leaf, value) => {
      if (bagged === rows) for (let i = 0; i < leaf.length; i++) scores[leaf[i]] += value;
    });
    if (bagged < rows) addBinned(tree, data, scores);
    trees.push(tree);
    const exhausted = tree.column.length === 1 && used === width && bagged === rows;
    if (watch.stopsAfter(tree) || exhausted) break;
  }
  const kept = trees.slice(0, watch.kept(trees.length));
  return { model: { kind: 'trees', width, base, trees: kept }, validationLoss: watch.losses };
}

/** Probabilities, summed in float32 and in tree order, as ONNX Runtime does. */
export function predictTrees(model: TreeModel, x: Matrix): Float64Array {
  const out = new Float64Array(x.rows);
  for (let row = 0; row < x.rows; row++) {
    let score = 0;
    for (const tree of model.trees) score = Math.fround(score + tree.value[leafOf(tree, x.columns, row)]);
    out[row] = sigmoid(Math.fround(score + model.base));
  }
  return out;
}

/** Total gain of the splits on each column. */
export function gainImportance(model: TreeModel): Float64Array {
  const gains = new Float64Array(model.width);
  for (const tree of model.trees) {
    tree.column.forEach((column, node) => {
      if (column >= 0) gains[column] += tree.gain[node];
    });
  }
  return gains;
}
