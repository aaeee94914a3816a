/** The section `trades`: how trades that are not as they should be are handled. */
import * as z from 'zod';
import { span } from '../base/span-section.ts';

export const tradesSection = z
  .strictObject({
    duplicates: z.enum(['reject', 'drop', 'keep']).default('drop').describe('A trade whose id was seen before'),
    disorder: z
      .enum(['reject', 'drop', 'keep'])
      .default('reject')
      .describe('A late trade: it steps back in time, or its id is behind the newest and was not seen'),
    invalid: z
      .enum(['reject', 'drop'])
      .default('drop')
      .describe("A price, quantity, time or id that no trade of the instrument's can have"),
    times: z
      .enum(['reject', 'drop'])
      .default('reject')
      .describe(
        "A time that cannot be: outside the instrument's, far from its arrival, or, live, a day after the trade before",
      ),
    gaps: z.enum(['reject', 'keep']).default('keep').describe('A missing range of ids: reported, or rejects the run'),
    side: z
      .enum(['none', 'tickRule'])
      .default('none')
      .describe('What to do where the source does not say who was the taker'),
    reorder: z
      .strictObject({ within: span.describe('How late a trade may come: 500ms, 2s') })
      .optional()
      .describe('Puts late trades in order before the chain sees them; every bar is then available so much later'),
    sort: z.boolean().default(false).describe('Puts the trades of each file in order of time and id, in memory'),
  })
  .refine(({ reorder, duplicates, gaps }) => reorder === undefined || (duplicates !== 'reject' && gaps !== 'reject'), {
    error:
      'expected duplicates: drop or keep, and gaps: keep, with reorder: what is rejected has to be known as it comes',
  })
  .describe('How trades that are not as they should be are handled; everything is counted and reported');
