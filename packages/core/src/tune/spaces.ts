/** What trials of each kind of model choose from, by the keys of the section `model`. What is not named here stays as configured. */
import type { Dimension, Space } from './space.ts';

const whole = (low: number, high: number, step = 1): Dimension => ({ kind: 'int', low, high, step });
const float = (low: number, high: number): Dimension => ({ kind: 'float', low, high });
const log = (low: number, high: number): Dimension => ({ kind: 'float', low, high, log: true });
const of = (...choices: readonly (string | number)[]): Dimension => ({ kind: 'choice', choices });

/** Of everything that is trained in batches. */
const TRAINING: Space = {
  weightDecay: log(5e-5, 5e-4),
  batch: of(32, 64, 128),
  focalAlpha: float(0.1, 0.5),
  focalGamma: float(1, 3),
};

export const SPACES: Readonly<Record<string, Space>> = {
  logistic: { l2: log(1e-4, 1e4) },
  trees: {
    leaves: { kind: 'int', low: 4, high: 128, log: true },
    learningRate: log(0.01, 0.3),
    minRows: { kind: 'int', low: 5, high: 500, log: true },
    lambda: log(1e-3, 100),
    featureFraction: float(0.3, 1),
    baggingFraction: float(0.4, 1),
  },
  // The space of a search over millions of rows, with learning rates upwards of it: in the few hundred steps that some thousand
  // rows give, 5e-5 moves no weight far enough.
  'cnn-transformer': {
    filters: whole(32, 128, 16),
    heads: whole(1, 4),
    headSize: of(32, 48, 64, 96),
    feedForward: of(2, 4),
    encoders: whole(1, 3),
    activation: of('relu', 'gelu', 'swish'),
    mlpLayers: whole(1, 3),
    mlpUnits: of(32, 64, 128),
    dropoutCnn: float(0.05, 0.3),
    dropoutTransformer: float(0.1, 0.3),
    dropoutMlp: float(0.1, 0.4),
    learningRate: log(5e-6, 3e-3),
    ...TRAINING,
  },
  tcn: {
    filters: whole(16, 128, 16),
    kernel: of(2, 3, 5),
    levels: whole(2, 6),
    dropout: float(0, 0.4),
    learningRate: log(1e-5, 1e-3),
    ...TRAINING,
  },
  gru: {
    units: whole(16, 128, 16),
    layers: whole(1, 3),
    dropout: float(0, 0.4),
    learningRate: log(1e-5, 1e-3),
    ...TRAINING,
  },
  mlp: {
    units: whole(16, 256, 16),
    layers: whole(1, 4),
    activation: of('relu', 'gelu', 'swish'),
    dropout: float(0, 0.5),
    learningRate: log(1e-5, 1e-2),
    ...TRAINING,
  },
  linear: { learningRate: log(1e-5, 1e-1), ...TRAINING },
  // Of a network from elsewhere only what trains it is known.
  module: { learningRate: log(1e-5, 1e-2), ...TRAINING },
};
