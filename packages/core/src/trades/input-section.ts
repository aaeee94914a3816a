/** The section `input`: what the columns of a source of trades or bars are, where its layout does not say so itself. */
import * as z from 'zod';

const columnsSection = z.strictObject({
  time: z.string(),
  price: z.string(),
  quantity: z.string(),
  side: z.string().optional(),
  id: z.string().optional(),
});

export const inputSection = z
  .strictObject({
    columns: columnsSection
      .optional()
      .describe('Names of the columns in the file, where the layout is not a known one'),
    timeUnit: z
      .enum(['s', 'ms', 'us', 'ns', 'iso'])
      .optional()
      .describe('Unit of the time column; default: told by its size'),
    sideMeans: z.enum(['taker', 'buyerMaker', 'maker']).optional().describe('Whose side the side column gives'),
    barTime: z.enum(['open', 'close']).optional().describe('Which end of a bar its only time column gives'),
  })
  .describe('How input files are read');
