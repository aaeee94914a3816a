/** The section `selection`: which columns a model gets. Learned from training rows; no column of a chain depends on it. */
import * as z from 'zod';

const patterns = z.array(z.string().min(1));

export const selectionSection = z
  .strictObject({
    include: patterns.min(1).default(['*']).describe('Names, with * and ?; what matches none is dropped'),
    exclude: patterns.default([]).describe('Names, with * and ?, that are dropped'),
    constant: z.boolean().default(true).describe('Whether columns of a single value in training are dropped'),
    correlation: z
      .number()
      .positive()
      .lt(1)
      .nullable()
      .default(null)
      .describe('The later column of a pair with |Pearson correlation| above this is dropped; null: none is'),
    inflation: z
      .number()
      .min(1)
      .nullable()
      .default(null)
      .describe('Columns are dropped until no variance inflation factor is above this; null: none is'),
  })
  .describe('Which columns a model gets');
