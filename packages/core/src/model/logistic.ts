/**
 * Logistic regression with an L2 penalty: probability = sigmoid(bias + sum of weights[c] x[c]), at the minimum of
 *
 *     sum of weighted logarithmic losses + l2 / 2 * sum of weights[c]^2
 *
 * (scikit-learn's LogisticRegression with C = 1 / l2; the bias is not penalised). Minimised over all rows at once by
 * L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5), whose sums run in row order.
 */
import { fail } from '../base/errors.ts';
import type { Labelled, Matrix } from './matrix.ts';
import { lossOfScore, requireTrainable, sigmoid } from './matrix.ts';
import { lbfgs } from '../numeric/lbfgs.ts';

/** Logistic regression. */
export interface LogisticModel {
  /** Which model it is. */
  readonly kind: 'logistic';
  /** Features that it sees. */
  readonly width: number;
  /** Float32, as exported. */
  readonly weights: Float32Array;
  /** Float32. */
  readonly bias: number;
}

export interface LogisticOptions {
  readonly l2: number;
  readonly maxIterations: number;
}

const LOGISTIC_DEFAULTS: LogisticOptions = { l2: 1, maxIterations: 500 };

function requireFinite({ columns }: Matrix): void {
  columns.forEach((column, c) => {
    const row = column.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) fail('input', `training split, column ${c}, row ${row}`, 'a finite value', `${column[row]}`);
  });
}

function setScores({ columns, width }: Matrix, at: Float64Array, scores: Float64Array): void {
  scores.fill(at[width]);
  for (let c = 0; c < width; c++) {
    const weight = at[c];
    const column = columns[c];
    for (let i = 0; i < scores.length; i++) scores[i] += weight * column[i];
  }
}

/** The mean loss with its penalty, and its gradient into `slope`. The bias is the last coordinate. */
function objective({ x, y, weights }: Labelled, l2: number) {
  const scores = new Float64Array(x.rows);
  const total = weights ? weights.reduce((a, b) => a + b, 0) : x.rows;
  return (at: Float64Array, slope: Float64Array): number => {
    setScores(x, at, scores);
    let loss = 0;
    let drift = 0;
    for (let i = 0; i < x.rows; i++) {
      const w = weights ? weights[i] : 1;
      loss += w * lossOfScore(scores[i], y[i]);
      scores[i] = w * (sigmoid(scores[i]) - y[i]);
      drift += scores[i];
    }
    slope[x.width] = drift / total;
    let penalty = 0;
    for (let c = 0; c < x.width; c++) {
      const column = x.columns[c];
      let sum = 0;
      for (let i = 0; i < x.rows; i++) sum += scores[i] * column[i];
      slope[c] = (sum + l2 * at[c]) / total;
      penalty += at[c] * at[c];
    }
    return (loss + (l2 / 2) * penalty) / total;
  };
}

export function trainLogistic(train: Labelled, options: Partial<LogisticOptions> = {}): LogisticModel {
  const { l2, maxIterations } = { ...LOGISTIC_DEFAULTS, ...options };
  if (!(l2 >= 0)) fail('config', 'logistic options', 'l2 of 0 or more', `${l2}`);
  requireTrainable(train, 'training split');
  requireFinite(train.x);
  const { width } = train.x;
  const found = lbfgs(objective(train, l2), new Float64Array(width + 1), maxIterations);
  const weights = Float32Array.from(found.subarray(0, width));
  return { kind: 'logistic', width, weights, bias: Math.fround(found[width]) };
}

/** Probabilities of the model as exported: its float32 weights, summed in double. */
export function predictLogistic(model: LogisticModel, x: Matrix): Float64Array {
  const scores = new Float64Array(x.rows);
  setScores(x, Float64Array.of(...model.weights, model.bias), scores);
  return scores.map(sigmoid);
}
