/** The section `split`: which rows a model learns from and which it is judged by. */
import * as z from 'zod';

const share = z.number().min(0).max(1);
const folds = z.int().min(2).max(1000).default(5);
const lastOfTraining = z
  .number()
  .min(0)
  .lt(1)
  .default(0.15)
  .describe('Share of the rows a fold could train on, the latest, that its model is calibrated by instead');

const chronologicalSplit = z
  .strictObject({
    method: z.literal('chronological'),
    train: share.default(0.65).describe('Share of the labelled rows, the earliest'),
    validation: share.default(0.15).describe('Share of the rows that follow'),
    test: share.default(0.2).describe('Share of the rest, the latest'),
  })
  .refine(({ train, validation, test }) => train > 0 && Math.abs(train + validation + test - 1) < 1e-9, {
    error: 'expected train above 0, and train, validation and test that add up to 1',
  })
  .describe('Train, validation, test, in order of time');

const walkForwardSplit = z
  .strictObject({
    method: z.literal('walkForward'),
    folds: folds.describe('Number of test stretches, equally long'),
    window: z
      .enum(['expanding', 'sliding'])
      .default('expanding')
      .describe('Whether training begins at the first row, or keeps its length'),
    train: z.number().positive().lt(1).default(0.5).describe('Share of the labelled rows before the first test'),
    validation: lastOfTraining,
  })
  .describe('Train on the past, test on the stretch that follows, step by step');

const purgedKFoldSplit = z
  .strictObject({
    method: z.literal('purgedKFold'),
    folds: folds.describe('Number of folds; each is the test once'),
    embargo: z
      .number()
      .min(0)
      .lt(1)
      .default(0.01)
      .describe('Share of the labelled rows that is not trained on after a test'),
    validation: lastOfTraining,
  })
  .describe('K-fold cross-validation, purged and with an embargo');

export const splitSection = z
  .discriminatedUnion('method', [chronologicalSplit, walkForwardSplit, purgedKFoldSplit], {
    error: 'expected chronological, walkForward or purgedKFold',
  })
  .describe('How rows are divided');

export type SplitConfig = z.output<typeof splitSection>;
