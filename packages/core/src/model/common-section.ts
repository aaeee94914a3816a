/** Keys that the models of the section `model` share. */
import * as z from 'zod';

export const seed = z.int().min(0).max(0xffffffff).default(1).describe('Of everything that is chosen at random');
export const ensemble = z
  .int()
  .min(1)
  .max(64)
  .default(1)
  .describe('Models of seeds that follow each other, whose mean is the model');
export const calibration = z
  .enum(['isotonic', 'platt', 'none'])
  .default('platt')
  .describe('How probabilities are brought to shares of label 1, learned on validation');
export const threshold = z
  .enum(['f1', 'value'])
  .default('f1')
  .describe(
    "What the decision threshold is best by on validation: F1, or the expected value at the label's reward and risk",
  );
export const weights = z
  .enum(['none', 'uniqueness'])
  .default('none')
  .describe("What a training row counts for: all alike, or by how much of its label's life is its own");
