/**
 * Gradient boosting of regression trees for the logarithmic loss (Friedman 2001; histograms and leaf-wise growth after
 * LightGBM, Ke et al. 2017): score(x) = base + sum of leaf values, probability = sigmoid(score).
 *
 * The same data, options and seed give the same model, bit by bit: sums run in row order and choices are seeded.
 */
import { log } from '../../base/elementary/index.ts';
import { fail } from '../../base/errors.ts';
import { mulberry32 } from '../../base/random.ts';
import { createBinner, learnBounds } from './bins.ts';
import { choose } from './choose.ts';
import { createForeman, type Crew, type Foreman } from './crew.ts';
import { createGrower, type GrowRules, type Tree } from './grow.ts';
import type { Labelled, Matrix, Targets } from '../matrix.ts';
import { lossOfScore, requireTargets, requireTrainable, sigmoid } from '../matrix.ts';
import { createSpace, type Space } from './tree-space.ts';

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

function logOdds({ y, weights }: Targets): number {
  let positive = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    positive += w * y[i];
    total += w;
  }
  return Math.fround(log(positive / (total - positive)));
}

function setGradients({ y, weights }: Targets, scores: Float64Array, pairs: Float64Array): void {
  for (let i = 0; i < y.length; i++) {
    const p = sigmoid(scores[i]);
    const w = weights ? weights[i] : 1;
    pairs[2 * i] = w * (p - y[i]);
    pairs[2 * i + 1] = w * p * (1 - p);
  }
}

function meanLoss({ y, weights }: Targets, scores: Float64Array): number {
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

/** Adds the value of each row's leaf: bins are sent where the values in them are. */
function addTree(tree: Tree, bins: readonly Uint8Array[], scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
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
function createWatch(validation: Targets | undefined, bins: readonly Uint8Array[], base: number, patience: number) {
  const scores = new Float64Array(validation?.y.length ?? 0).fill(base);
  const losses: number[] = [];
  let best = -1;
  return {
    losses,
    kept: (grown: number): number => (validation ? best + 1 : grown),
    stopsAfter(tree: Tree): boolean {
      if (!validation) return false;
      addTree(tree, bins, scores);
      losses.push(meanLoss(validation, scores));
      if (best < 0 || losses[losses.length - 1] < losses[best]) best = losses.length - 1;
      return losses.length - 1 - best >= patience;
    },
  };
}

/** Labels of rows whose columns come one after the other. */
export interface TreeTargets {
  readonly train: Targets;
  readonly validation?: Targets | undefined;
  /** Columns that will come. */
  readonly width: number;
}

/** Trees over columns that are put into bins as they come: a value takes a byte, and no column is kept beside its bins. */
export interface TreeTrainer {
  /** Column `k`, in any order: of the training rows, from which its bins are learned, and of the validation rows. */
  addColumn(k: number, training: Float32Array, validation?: Float32Array): void;
  /** Once all columns are there. */
  train(): TreeTraining;
}

/**
 * A trainer of trees; with a crew its threads work beside the caller's, which waits for them. The model is the same with any crew.
 * @throws {MinotaurError} where an option makes no sense or labels are of one class
 */
export function createTreeTrainer(targets: TreeTargets, options: Partial<TreeOptions> = {}, crew?: Crew): TreeTrainer {
  const o: TreeOptions = { ...TREE_DEFAULTS, ...options };
  const { train, validation, width } = targets;
  requireOptions(o);
  requireTargets(train, 'training split');
  if (validation) requireTargets(validation, 'validation split');
  const rows = train.y.length;
  const bagged = Math.max(1, Math.round(rows * o.baggingFraction));
  const used = Math.max(1, Math.round(width * o.featureFraction));
  const space = createSpace({ rows, width, bagged, used, leaves: o.leaves }, crew !== undefined);
  const bounds: Float32Array[] = [];
  const validationBins: Uint8Array[] = [];
  return {
    addColumn(k, training, validated) {
      bounds[k] = learnBounds(training);
      space.cuts[k] = bounds[k].length;
      const bin = createBinner(bounds[k]);
      bin(training, space.bins[k]);
      if (validated === undefined) return;
      validationBins[k] = new Uint8Array(validated.length);
      bin(validated, validationBins[k]);
    },
    train() {
      const foreman = createForeman(space, crew);
      try {
        return growTrees({ space, bounds, validationBins, foreman }, targets, o);
      } finally {
        foreman.end();
      }
    },
  };
}

interface TreeData {
  readonly space: Space;
  readonly bounds: readonly Float32Array[];
  readonly validationBins: readonly Uint8Array[];
  readonly foreman: Foreman;
}

function growTrees(
  { space, bounds, validationBins, foreman }: TreeData,
  { train, validation, width }: TreeTargets,
  o: TreeOptions,
): TreeTraining {
  const { rows, bagged, used } = space.size;
  const base = logOdds(train);
  const scores = new Float64Array(rows).fill(base);
  const random = mulberry32(o.seed);
  const watch = createWatch(validation, validationBins, base, o.patience);
  const grow = createGrower(space, bounds, o, foreman);
  const trees: Tree[] = [];
  while (trees.length < o.rounds) {
    setGradients(train, scores, space.pairs);
    space.order.set(choose(random, rows, bagged));
    const chosen = choose(random, width, used);
    // The last again in what a pass has no column for.
    space.columns.fill(chosen[used - 1]).set(chosen);
    const tree = grow((leaf, value) => {
      if (bagged === rows) for (let i = 0; i < leaf.length; i++) scores[leaf[i]] += value;
    });
    if (bagged < rows) addTree(tree, space.bins, scores);
    trees.push(tree);
    const exhausted = tree.column.length === 1 && used === width && bagged === rows;
    if (watch.stopsAfter(tree) || exhausted) break;
  }
  const kept = trees.slice(0, watch.kept(trees.length));
  return { model: { kind: 'trees', width, base, trees: kept }, validationLoss: watch.losses };
}

/** Trains on columns that are at hand. */
export function trainTrees(
  train: Labelled,
  validation?: Labelled,
  options: Partial<TreeOptions> = {},
  crew?: Crew,
): TreeTraining {
  requireTrainable(train, 'training split');
  if (validation) requireTrainable(validation, 'validation split');
  const trainer = createTreeTrainer({ train, validation, width: train.x.width }, options, crew);
  train.x.columns.forEach((column, c) => trainer.addColumn(c, column, validation?.x.columns[c]));
  return trainer.train();
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
