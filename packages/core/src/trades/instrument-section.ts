/** The sections `symbol` and `instruments`: what was traded, and where. */
import * as z from 'zod';
import { delay } from '../base/span-section.ts';
import { inputSection } from './input-section.ts';

const price = z.number();
const day = z.iso.date().or(z.iso.datetime());

/** One instrument; every key has a default, of its venue's profile where it has one. */
const instrumentSection = z
  .strictObject({
    symbol: z
      .string()
      .min(1)
      .optional()
      .describe(
        "What the venue calls it; default: the instrument's name, or what the first file says where that is a role such as `perp`",
      ),
    formerly: z.array(z.string()).optional().describe('Symbols that it had before: their states and files are its own'),
    venue: z.string().optional().describe('A profile, which gives defaults of all that follows'),
    contract: z.enum(['spot', 'linear', 'inverse']).optional().describe('How volume and turnover are counted'),
    size: z.number().positive().optional().describe('Base units (linear) or quote units (inverse) of one contract'),
    amount: z.enum(['contracts', 'units']).optional().describe('What a quantity of the source counts'),
    prices: z
      .strictObject({ min: price.optional(), max: price.optional() })
      .optional()
      .describe('Prices that can be; without `min`, those above 0'),
    times: z
      .strictObject({ from: day.optional(), to: day.optional() })
      .optional()
      .describe('Times that can be; default: 2000-01-01 to 2100-01-01'),
    ids: z
      .enum(['dense', 'rising', 'unique', 'none'])
      .optional()
      .describe('What an id is good for: each follows the one before, rises, is unlike all others, nothing'),
    sides: z
      .strictObject({
        buy: z.array(z.string()).optional(),
        sell: z.array(z.string()).optional(),
        none: z.array(z.string()).optional().describe('Of trades whose side nobody knows'),
      })
      .refine(({ buy, sell }) => (buy === undefined) === (sell === undefined), {
        error: 'expected `buy` and `sell`, or `none` alone beside the words that are known',
      })
      .refine(
        ({ buy = [], sell = [], none = [] }) => {
          const words = [buy, sell, none].flatMap((list) => [...new Set(list.map((word) => word.toLowerCase()))]);
          return new Set(words).size === words.length;
        },
        { error: 'expected words of which none is in two lists' },
      )
      .optional()
      .describe('Words for the sides'),
    sideMeans: z.enum(['taker', 'buyerMaker', 'maker']).optional().describe('Whose side a side is'),
    timeUnit: z.enum(['us', 'ms', 's']).optional().describe('Unit that times are floored to'),
    adjustments: z
      .array(
        z
          .strictObject({
            time: day.describe('From this time on, UTC'),
            factor: z.number().positive().optional().describe('Prices are multiplied by it, quantities divided by it'),
            reset: z.literal(true).optional().describe('Bars and features begin anew'),
          })
          .refine(({ factor, reset }) => factor !== undefined || reset !== undefined, {
            error: 'expected factor, or reset: true',
          }),
      )
      .optional()
      .describe('Splits and rolls: later trades are scaled to the earlier basis, or begin anew'),
    latency: delay
      .optional()
      .describe(
        'Of one of several: how long after a bar of it was available a row of another may hold it; default: 250ms',
      ),
    input: inputSection
      .optional()
      .describe('How files of this instrument are read: what it says wins, key by key, over the section `input`'),
    officialGaps: z.boolean().optional().describe('Whether ids are missing from the official record too'),
  })
  .describe('What was traded, and where');

/** The keys for the configuration to take up. */
export const instrumentSections = {
  symbol: z.string().min(1).optional().describe('Short for `instruments` with one of that name and all defaults'),
  instruments: z
    .record(z.string().min(1), instrumentSection)
    .optional()
    .describe('What is traded, by name: one, or several that are read together'),
};

/** An instrument as a configuration has it. */
export type InstrumentInput = z.input<typeof instrumentSection>;
