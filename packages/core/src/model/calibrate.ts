/**
 * Calibration: a rising function from a model's probability to the share of label 1 among such rows, learned on
 * validation. What is learned is plain numbers, for the artefact.
 */
import { log } from '../base/elementary/index.ts';
import { fail } from '../base/errors.ts';
import { lbfgs } from '../numeric/lbfgs.ts';
import { lossOfScore, sigmoid } from './matrix.ts';

/** Linear between the knots (x rising, y not falling), constant beyond them. */
export interface IsotonicCalibration {
  /** Which of the two it is. */
  readonly kind: 'isotonic';
  /** Of the knots: what the model says. */
  readonly x: readonly number[];
  /** Of the knots: the share of label 1. */
  readonly y: readonly number[];
}

/** sigmoid(slope p + intercept). */
export interface PlattCalibration {
  /** Which of the two it is. */
  readonly kind: 'platt';
  /** Not negative. */
  readonly slope: number;
  /** Of a probability of 0. */
  readonly intercept: number;
}

/** What was learned of how a model's probabilities relate to shares of label 1. */
export type Calibration = IsotonicCalibration | PlattCalibration;

/** Where Platt's sigmoid says that it cannot calibrate. */
export const PLATT = 'Platt calibration on validation';

function requireCalibratable(scores: Float64Array, labels: Float64Array): void {
  const where = 'calibration on validation';
  if (scores.length !== labels.length) fail('input', where, `${labels.length} scores`, `${scores.length}`);
  const at = scores.findIndex((score) => !Number.isFinite(score));
  if (at >= 0) fail('input', `${where}, row ${at}`, 'a finite score', `${scores[at]}`);
  for (const label of [0, 1]) {
    if (!labels.includes(label)) fail('input', where, 'labels of both classes', `none of ${label}`);
  }
}

interface Block {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly positives: number;
}

/** Rows of equal scores, ascending. */
function tiedBlocks(scores: Float64Array, labels: Float64Array): Block[] {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  const blocks: Block[] = [];
  for (let i = 0; i < order.length;) {
    const score = scores[order[i]];
    let positives = 0;
    const from = i;
    while (i < order.length && scores[order[i]] === score) positives += labels[order[i++]];
    blocks.push({ low: score, high: score, rows: i - from, positives });
  }
  return blocks;
}

/** Pool adjacent violators (Barlow et al. 1972): neighbours merge until shares rise. Whole numbers, hence exact. */
export function learnIsotonic(scores: Float64Array, labels: Float64Array): IsotonicCalibration {
  requireCalibratable(scores, labels);
  const pooled: Block[] = [];
  for (const next of tiedBlocks(scores, labels)) {
    let block = next;
    while (pooled.length > 0) {
      const last = pooled[pooled.length - 1];
      if (last.positives * block.rows < block.positives * last.rows) break;
      pooled.pop();
      const rows = last.rows + block.rows;
      block = { low: last.low, high: block.high, rows, positives: last.positives + block.positives };
    }
    pooled.push(block);
  }
  const knots = pooled.flatMap(({ low, high, rows, positives }) => {
    const y = positives / rows;
    return low === high
      ? [{ x: low, y }]
      : [
          { x: low, y },
          { x: high, y },
        ];
  });
  return { kind: 'isotonic', x: knots.map(({ x }) => x), y: knots.map(({ y }) => y) };
}

/**
 * Platt's sigmoid over the score, with his smoothed targets (n+ + 1) / (n+ + 2) and 1 / (n- + 2); the loss is written as
 * Lin, Lu and Weng (2007) do, without overflow. A slope that would fall is refused: calibration keeps the order.
 */
export function learnPlatt(scores: Float64Array, labels: Float64Array): PlattCalibration {
  requireCalibratable(scores, labels);
  const positives = labels.reduce((a, b) => a + b, 0);
  const negatives = labels.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    let slope = 0;
    let intercept = 0;
    for (let i = 0; i < scores.length; i++) {
      const z = at[0] * scores[i] + at[1];
      const target = labels[i] === 1 ? high : low;
      loss += lossOfScore(z, target);
      const residual = sigmoid(z) - target;
      slope += residual * scores[i];
      intercept += residual;
    }
    gradient[0] = slope / scores.length;
    gradient[1] = intercept / scores.length;
    return loss / scores.length;
  };
  const start = Float64Array.of(0, log((positives + 1) / (negatives + 1)));
  const [slope, intercept] = lbfgs(objective, start, 200);
  if (slope < 0)
    fail(
      'input',
      PLATT,
      'scores that rise with the label (model.calibration: none takes any)',
      `a slope of ${slope}: the model is worse than chance there`,
    );
  return { kind: 'platt', slope, intercept };
}

function interpolate({ x, y }: IsotonicCalibration, value: number): number {
  let low = 0;
  let high = x.length - 1;
  if (value <= x[low]) return y[low];
  if (value >= x[high]) return y[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  const between = y[low] + ((value - x[low]) / (x[high] - x[low])) * (y[high] - y[low]);
  return Math.min(y[high], between); // rounding never passes the next knot
}

/** The calibrated probability; a NaN stays one. */
export function calibrate(calibration: Calibration, probability: number): number {
  if (probability !== probability) return NaN;
  if (calibration.kind === 'isotonic') return interpolate(calibration, probability);
  return sigmoid(calibration.slope * probability + calibration.intercept);
}
