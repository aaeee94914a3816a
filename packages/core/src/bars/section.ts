/** The section `clocks`: what ends the bars of each. */
import * as z from 'zod';
import { delay, span } from '../base/span-section.ts';
import { anchorSection, gridErrors, gridKeys, hasGrid, isGrid } from './grid-section.ts';
import type { BarKind } from './kind.ts';
import { kinds } from './kinds.gen.ts';

const positive = z.number().positive();
const suffix = z
  .string()
  .regex(/^[A-Za-z0-9_]+$/, 'expected letters, digits and underscores, at least one')
  .describe('Ends the name of every column of this clock; default: underscore and the name of the clock');
const of = z.string().optional().describe('The instrument whose bars these are, where there are several');
const overshoot = z
  .enum(['reset', 'carry'])
  .describe('Whether what exceeds the threshold counts towards the next bar; default: reset');
const anchor = anchorSection;
const namesOf = (closes: BarKind['closes']): string[] =>
  Object.values(kinds).flatMap((kind) => (kind.closes === closes ? [kind.name] : []));

const thresholdClock = z.strictObject({
  bars: z.enum(namesOf('with')),
  threshold: positive.describe('Quote units (dollar), base units (volume) or trades (tick) per bar'),
  overshoot: overshoot.default('reset'),
  anchor,
  of,
  suffix: suffix.optional(),
});

const window = z.number().min(1);
const ticks = z.int().positive();

const expectationClock = z
  .strictObject({
    bars: z.enum(namesOf('beyond expectation')),
    expectedTicks: ticks.describe('Trades of the first bar, where there is nothing yet to expect'),
    ticksWindow: window.default(20).describe('Span of the exponentially weighted mean of bar lengths, in bars'),
    imbalanceWindow: window
      .optional()
      .describe('Span of the exponentially weighted mean of flow, in trades; default: expectedTicks'),
    minTicks: ticks.optional().describe('Least trades of a bar; default: a quarter of expectedTicks'),
    maxTicks: ticks.optional().describe('Most trades of a bar; default: four times expectedTicks'),
    anchor,
    of,
    suffix: suffix.optional(),
  })
  .refine((c) => (c.minTicks ?? 0) <= c.expectedTicks, { error: 'expected minTicks of at most expectedTicks' })
  .refine((c) => (c.maxTicks ?? Infinity) >= c.expectedTicks, { error: 'expected maxTicks of at least expectedTicks' });

const empty = z
  .enum(['carry', 'skip'])
  .describe('What an interval with nothing in it gives: a flat bar, or none; default: carry');

const timeClock = z
  .strictObject({
    bars: z.literal('time'),
    ...gridKeys,
    empty: empty.default('carry'),
    of,
    suffix: suffix.optional(),
  })
  .refine(hasGrid, { error: gridErrors.without })
  .refine(isGrid, { error: gridErrors.beside });
const givenClock = z.strictObject({
  bars: z.literal('given').describe('Bars come from --bars or pushBar'),
  of,
  suffix: suffix.optional(),
});

const seriesClock = z.strictObject({
  series: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and underscores'))
    .min(1)
    .describe('Names of the values of a series, which come from --series or pushSeries'),
  delay: delay
    .optional()
    .describe('How long after its time a row became known; where absent, every row has to have its available_at'),
  latency: delay.default('0').describe('How long after it became known a row of the chain may hold it'),
  maxAge: span.optional().describe('From this age on its values are NaN in a row; default: never'),
  older: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe(
      'A row of an earlier time than one before it, as a late revision: the newest value all the same, or left out',
    ),
  suffix: suffix.optional(),
});

const derivedClock = z
  .strictObject({
    from: z.string().describe('The clock whose bars these are made of'),
    count: z.int().positive().optional().describe('Bars per bar'),
    dollarVolume: positive.optional().describe('Quote units per bar'),
    volume: positive.optional().describe('Base units per bar'),
    ...gridKeys,
    overshoot: overshoot.optional(),
    empty: empty.optional(),
    suffix: suffix.optional(),
  })
  .refine(
    (c) => [c.count, c.dollarVolume, c.volume, c.every ?? c.session].filter((x) => x !== undefined).length === 1,
    { error: 'expected exactly one of count, dollarVolume, volume, every' },
  )
  .refine(isGrid, { error: gridErrors.beside })
  .refine((c) => (hasGrid(c) ? c.overshoot : c.empty) === undefined, {
    error: 'expected empty with every only, and overshoot without it',
  });

/** One clock. */
export const clockSection = z.union([
  z.discriminatedUnion('bars', [thresholdClock, expectationClock, timeClock, givenClock]),
  seriesClock,
  derivedClock,
]);

export type ClockConfig = z.output<typeof clockSection>;

/** The section `bars`: how given bars that are not as they should be are handled. */
export const barsSection = z
  .strictObject({
    invalid: z
      .enum(['reject', 'drop', 'keep'])
      .default('drop')
      .describe(
        'A bar whose prices, volume or times cannot be; keep: used where only its open or close is outside low and high, else dropped',
      ),
  })
  .describe('How given bars that are not as they should be are handled; everything is counted and reported');
