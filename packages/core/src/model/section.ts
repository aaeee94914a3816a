/** The section `model`: what `train` trains, and what it learns on validation. */
import * as z from 'zod';

const seed = z.int().min(0).max(0xffffffff).default(1).describe('Of everything that is chosen at random');
const calibration = z
  .enum(['isotonic', 'platt', 'none'])
  .default('platt')
  .describe('How probabilities are brought to shares of label 1, learned on validation');
const threshold = z
  .enum(['f1', 'value'])
  .default('f1')
  .describe(
    "What the decision threshold is best by on validation: F1, or the expected value at the label's reward and risk",
  );

const logisticModel = z
  .strictObject({
    kind: z.literal('logistic'),
    l2: z.number().min(0).default(1).describe('Penalty of the squared weights'),
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
    calibration,
    threshold,
  })
  .describe('Gradient-boosted trees');

export const modelSection = z
  .discriminatedUnion('kind', [treesModel, logisticModel], { error: 'expected trees or logistic' })
  .describe('The model that train trains');

export type ModelConfig = z.output<typeof modelSection>;
