/** The section `data`: the files that a configuration is run on, where none are handed over. No bit of a row depends on it. */
import * as z from 'zod';

const paths = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** A list, or lists by name: of an instrument, a clock with `bars: given`, a series. */
const files = z.union([paths, z.record(z.string(), paths)]);

export const dataSection = z
  .strictObject({
    trades: files
      .optional()
      .describe('Files of trades and globs, in order of time; by instrument where there are several'),
    bars: files.optional().describe('Files of bars, for a clock with `bars: given`; by clock where there are several'),
    series: files.optional().describe('Files of series, by name'),
  })
  .describe('The files to run on, from the folder of the configuration on, where none are handed over');
