/** What of a configuration makes a chain: the sections that its schema id depends on, and what is traded. */
import * as z from 'zod';
import { clockSection } from '../bars/section.ts';
import { featuresSection, operatorsSection } from '../features/section.ts';
import { instrumentSections } from '../trades/instrument-section.ts';
import { tradesSection } from '../trades/section.ts';

/** The keys of a chain, for the whole configuration to take up. */
export const chainSections = {
  ...instrumentSections,
  clocks: z
    .record(z.string().regex(/^[A-Za-z0-9_]+$/), clockSection)
    .describe('Clocks by name; parents before those made from them'),
  drive: z.string().optional().describe('The clock whose bars emit rows; default: the first'),
  features: featuresSection.default({}),
  trades: tradesSection.prefault({}),
  operators: operatorsSection.default([]),
};

/** The part of a checked configuration that a chain is planned from. */
export type ChainConfig = z.output<z.ZodObject<typeof chainSections>>;
