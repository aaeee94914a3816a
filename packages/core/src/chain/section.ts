/** What of a configuration makes a chain: the sections that its schema id depends on, and what is traded. */
import * as z from 'zod';
import { calendarsSection } from '../base/calendars/calendar-section.ts';
import { span } from '../base/span-section.ts';
import { MICROS_PER_SECOND, parseSpan } from '../base/time.ts';
import { barsSection, clockSection } from '../bars/section.ts';
import { featuresSection, operatorsSection } from '../features/section.ts';
import { instrumentSections } from '../trades/instrument-section.ts';
import { tradesSection } from '../trades/section.ts';

const readySection = z
  .strictObject({
    tolerance: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('How much of the start may be left in what fades, relative to its largest value; default 1e-9'),
    ignore: z.array(z.string()).default([]).describe('Columns that are not waited for, by their names in a row'),
  })
  .describe('When a row may be trusted');

/** The keys of a chain, for the whole configuration to take up. */
export const chainSections = {
  ...instrumentSections,
  calendars: calendarsSection.default({}),
  // Files are merged in rounds of a sixth of it, through every silence: a millisecond would be a day's work for a day's trades.
  skew: span
    .refine((text) => !(parseSpan(text) < MICROS_PER_SECOND / 10), { error: 'expected a span of 100ms or more' })
    .default('60s')
    .describe(
      'Of several instruments: how far the events of one may be ahead of another, by their own times; 100ms or more',
    ),
  clocks: z
    .record(z.string().regex(/^[A-Za-z0-9_]+$/), clockSection)
    .describe('Clocks by name; parents before those made from them'),
  drive: z.string().optional().describe('The clock whose bars emit rows; default: the first'),
  features: featuresSection.default({}),
  ready: readySection.prefault({}),
  trades: tradesSection.prefault({}),
  bars: barsSection.prefault({}),
  operators: operatorsSection.default([]),
};

/** The part of a checked configuration that a chain is planned from. */
export type ChainConfig = z.output<z.ZodObject<typeof chainSections>>;
