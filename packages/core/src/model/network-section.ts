/** Neural models of the section `model`: what they are made of, and how they are trained. */
import * as z from 'zod';
import { calibration, ensemble, seed, threshold, weights } from './common-section.ts';

const share = z.number().min(0).max(1);
const dropout = (value: number, where: string) =>
  z.number().min(0).lt(1).default(value).describe(`Share of values that are left out of a training step, ${where}`);
const count = (value: number, what: string) => z.int().positive().default(value).describe(what);
const activation = z.enum(['relu', 'gelu', 'swish']).default('gelu').describe('What bends the layers');

/** How every network is trained. */
const training = {
  epochs: count(30, 'Times that every training row is seen, at most'),
  patience: count(6, 'Epochs without a better validation loss before training ends'),
  batch: count(64, 'Rows of a step'),
  learningRate: z.number().positive().max(1).default(0.001).describe('At its top, of AdamW'),
  weightDecay: z.number().min(0).default(0.0001).describe('Of AdamW: what a weight loses in a step, by learning rate'),
  warmup: share.default(0.05).describe('Share of all steps in which the learning rate rises to its top'),
  schedule: z.enum(['cosine', 'constant']).default('cosine').describe('How the learning rate goes on from there'),
  clip: z.number().positive().default(1).describe('The most that the norm of all gradients together may be'),
  emaDecay: share
    .lt(1)
    .default(0.99)
    .describe('Of the mean of weights, which is what is judged and kept; 0: the weights themselves'),
  focalGamma: z
    .number()
    .min(0)
    .default(0)
    .describe('How little rows count that are predicted well (focal loss); 0: cross-entropy'),
  focalAlpha: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe('Share of label 1 in the weight of both labels; 0.5: none counts more'),
  seed,
  ensemble,
  weights,
  calibration,
  threshold,
};

const cnnTransformer = z
  .strictObject({
    kind: z.literal('cnn-transformer'),
    filters: count(32, 'Channels of the convolutions'),
    heads: count(2, 'Heads of attention'),
    headSize: count(32, 'Values of a head'),
    feedForward: count(2, 'Width of the layers behind attention, in widths of attention'),
    encoders: count(1, 'Encoders, one after the other'),
    activation,
    mlpLayers: count(1, 'Layers before the output'),
    mlpUnits: count(64, 'Values of such a layer'),
    dropoutCnn: dropout(0.1, 'behind convolutions'),
    dropoutTransformer: dropout(0.1, 'in encoders'),
    dropoutMlp: dropout(0.2, 'in the layers before the output'),
    ...training,
  })
  .describe('Gated causal convolutions, encoders with attention, and attention over time');

const tcn = z
  .strictObject({
    kind: z.literal('tcn'),
    filters: count(32, 'Channels of the convolutions'),
    kernel: count(3, 'Rows that a convolution looks at'),
    levels: count(4, 'Blocks, each of which looks twice as far back'),
    dropout: dropout(0.1, 'in every block'),
    ...training,
  })
  .describe('Causal convolutions that look twice as far back from block to block');

const gru = z
  .strictObject({
    kind: z.literal('gru'),
    units: count(32, 'Values that are remembered'),
    layers: count(1, 'Layers, one over the other'),
    dropout: dropout(0.1, 'between layers'),
    ...training,
  })
  .describe('Gated recurrent units');

const mlp = z
  .strictObject({
    kind: z.literal('mlp'),
    units: count(64, 'Values of a layer'),
    layers: count(2, 'Layers before the output'),
    activation,
    dropout: dropout(0.2, 'behind every layer'),
    ...training,
  })
  .describe('Dense layers; a sequence is its rows side by side');

const linear = z
  .strictObject({ kind: z.literal('linear'), ...training })
  .describe('One dense layer: logistic regression in steps, for what is too large for `logistic`');

const module = z
  .strictObject({
    kind: z.literal('module'),
    path: z.string().min(1).describe('A module that default-exports a `Network`'),
    ...training,
  })
  .describe("A network of one's own");

/** Every kind that is trained in steps. */
export const networkModels = [cnnTransformer, tcn, gru, mlp, linear, module] as const;

export type NetworkConfig = z.output<(typeof networkModels)[number]>;
