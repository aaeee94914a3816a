/** The section `model`: what `train` trains, and what it learns on validation. */
import * as z from 'zod';
import { calibration, ensemble, seed, threshold, weights } from './common-section.ts';
import { MODEL_KINDS } from './kinds.ts';
import { networkModels, type NetworkConfig } from './network-section.ts';

const logisticModel = z
  .strictObject({
    kind: z.literal('logistic'),
    l2: z.number().min(0).default(1).describe('Penalty of the squared weights'),
    weights,
    calibration,
    threshold,
  })
  .describe('Logistic regression');

const treesModel = z
  .strictObject({
    kind: z.literal('trees'),
    rounds: z.int().positive().default(500).describe('Trees at most'),
    leaves: z.int().min(2).default(31).describe('Leaves of a tree at most'),
    learningRate: z.number().positive().max(1).default(0.1),
    minRows: z.int().positive().default(20).describe('Training rows of a leaf at least'),
    lambda: z.number().min(0).default(1).describe('Penalty of the squared leaf values'),
    featureFraction: z.number().positive().max(1).default(1).describe('Share of the columns for each tree'),
    baggingFraction: z.number().positive().max(1).default(1).describe('Share of the rows for each tree'),
    patience: z.int().positive().default(50).describe('Rounds without a better validation loss before training ends'),
    seed,
    ensemble,
    weights,
    calibration,
    threshold,
  })
  .describe('Gradient-boosted trees');

export const modelSection = z
  .discriminatedUnion('kind', [treesModel, logisticModel, ...networkModels], {
    error: `expected ${MODEL_KINDS.slice(0, -1).join(', ')} or ${MODEL_KINDS.at(-1)}`,
  })
  .describe('The model that train trains');

export type ModelConfig = z.output<typeof modelSection>;

/** Whether a model is trained in steps, over sequences as they are. */
export function isNetwork(model: ModelConfig): model is NetworkConfig {
  return model.kind !== 'trees' && model.kind !== 'logistic';
}
