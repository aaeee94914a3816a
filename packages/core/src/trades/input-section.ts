/** The section `input`: what the columns of a source of trades or bars are, where its layout does not say so itself. */
import * as z from 'zod';

/** Its name, or its place from 1 on. */
const column = z.union([z.string(), z.int().positive()]);

const columnsSection = z.strictObject({
  time: column,
  date: column.optional(),
  price: column,
  quantity: column,
  side: column.optional(),
  id: column.optional(),
  symbol: column.optional(),
});

const barColumnsSection = z.strictObject({
  time: column.optional(),
  date: column.optional(),
  openTime: column.optional(),
  closeTime: column.optional(),
  availableAt: column.optional(),
  open: column.optional(),
  high: column.optional(),
  low: column.optional(),
  close: column.optional(),
  volume: column.optional(),
  dollarVolume: column.optional(),
  numTicks: column.optional(),
  takerBuyVolume: column.optional(),
});

export const inputSection = z
  .strictObject({
    columns: columnsSection
      .optional()
      .describe('Names of the columns in the file, or their places from 1 on, where the layout is not a known one'),
    barColumns: barColumnsSection.optional().describe('The same of bars, for those that are not found by name'),
    timeUnit: z
      .enum(['s', 'ms', 'us', 'ns', 'iso'])
      .optional()
      .describe('Unit of the time column; default: told by its size'),
    sideMeans: z.enum(['taker', 'buyerMaker', 'maker']).optional().describe('Whose side the side column gives'),
    quantity: z.literal('signed').optional().describe('A quantity below zero is a trade that the taker sold'),
    decimal: z
      .enum(['.', ','])
      .optional()
      .describe('The mark before the decimals of numbers written for people; the other of the two groups thousands'),
    zone: z
      .string()
      .optional()
      .describe(
        'Zone of times that name none: UTC, an offset such as +08:00, a name such as America/New_York, or both: America/New_York+07:00, seven hours ahead of it',
      ),
    where: z.record(z.string(), z.string()).optional().describe('Only rows that have these texts in these columns'),
    barTime: z.enum(['open', 'close']).optional().describe('Which end of a bar its only time column gives'),
  })
  .describe('How input files are read');
