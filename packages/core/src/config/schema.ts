/**
 * The configuration: one description of a chain, as a person writes it (YAML, JSON, or a module) and as the engine takes
 * it. Unknown keys are refused by name: a misspelt option that is silently ignored is a wrong model.
 */
import { z } from 'zod';
import type { BarKind } from '../bars/kind.ts';
import { kinds } from '../bars/kinds.gen.ts';
import type { Feature } from '../features/contract/expression.ts';
import type { Operator } from '../features/contract/operator.ts';
import { atrLabel, fixedLabel, horizonLabel, labelSection } from '../labels/section.ts';
import { logisticModel, modelSection, treesModel } from '../model/section.ts';
import { selectionSection } from '../transform/selection-section.ts';
import { span } from '../base/span-section.ts';
import {
  breakOnSection,
  chronologicalSplit,
  purgedKFoldSplit,
  sequenceSection,
  splitSection,
  walkForwardSplit,
} from '../splits/section.ts';
import { columnTransform, transformSection } from '../transform/section.ts';

const positive = z.number().positive();
const suffix = z
  .string()
  .regex(/^[A-Za-z0-9_]+$/)
  .describe('Ends the name of every column of this clock; default: underscore and the name of the clock');
const overshoot = z
  .enum(['reset', 'carry'])
  .describe('Whether what exceeds the threshold counts towards the next bar; default: reset');

const anchor = z
  .enum(['none', 'day'])
  .default('none')
  .describe('day: the open bar is closed, marked partial, at midnight UTC');

const namesOf = (closes: BarKind['closes']): string[] =>
  Object.values(kinds).flatMap((kind) => (kind.closes === closes ? [kind.name] : []));

const thresholdClock = z.strictObject({
  bars: z.enum(namesOf('with')),
  threshold: positive.describe('Quote units (dollar), base units (volume) or trades (tick) per bar'),
  overshoot: overshoot.default('reset'),
  anchor,
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
    suffix: suffix.optional(),
  })
  .refine((c) => (c.minTicks ?? 0) <= c.expectedTicks, { error: 'expected minTicks of at most expectedTicks' })
  .refine((c) => (c.maxTicks ?? Infinity) >= c.expectedTicks, { error: 'expected maxTicks of at least expectedTicks' });

const every = span.describe('Length of a bar: 30s, 1min, 15min, 4hour, 1day; counted from the epoch');
const empty = z
  .enum(['carry', 'skip'])
  .describe('What an interval with nothing in it gives: a flat bar, or none; default: carry');

const timeClock = z.strictObject({
  bars: z.literal('time'),
  every,
  empty: empty.default('carry'),
  suffix: suffix.optional(),
});

const givenClock = z.strictObject({
  bars: z.literal('given').describe('Bars come from --bars or pushBar'),
  suffix: suffix.optional(),
});

const derivedClock = z
  .strictObject({
    from: z.string().describe('The clock whose bars these are made of'),
    count: z.int().positive().optional().describe('Bars per bar'),
    dollarVolume: positive.optional().describe('Quote units per bar'),
    volume: positive.optional().describe('Base units per bar'),
    every: every.optional(),
    overshoot: overshoot.optional(),
    empty: empty.optional(),
    suffix: suffix.optional(),
  })
  .refine((c) => [c.count, c.dollarVolume, c.volume, c.every].filter((x) => x !== undefined).length === 1, {
    error: 'expected exactly one of count, dollarVolume, volume, every',
  })
  .refine((c) => (c.every === undefined ? c.empty : c.overshoot) === undefined, {
    error: 'expected empty with every only, and overshoot without it',
  });

const clock = z.union([
  z.discriminatedUnion('bars', [thresholdClock, expectationClock, timeClock, givenClock]),
  derivedClock,
]);

const featureText = z.string().min(1);
const featureGroup = z.strictObject({ preset: z.string() });
/** Built in TypeScript: the tree that the text would have given. */
const featureObject = z.custom<Feature>(
  (value) => typeof value === 'object' && value !== null && 'expression' in value && 'names' in value,
);

const tradesSection = z
  .strictObject({
    duplicates: z.enum(['reject', 'drop', 'keep']).default('drop').describe('A trade whose id was seen before'),
    disorder: z.enum(['reject', 'drop', 'keep']).default('reject').describe('A trade that steps back in time or id'),
    invalid: z
      .enum(['reject', 'drop'])
      .default('drop')
      .describe('A price, quantity or time that is not finite and positive'),
    gaps: z.enum(['reject', 'keep']).default('keep').describe('A missing range of ids: reported, or rejects the run'),
    side: z
      .enum(['none', 'tickRule'])
      .default('none')
      .describe('What to do where the source does not say who was the taker'),
  })
  .describe('How trades that are not as they should be are handled; everything is counted and reported');

const columnsSection = z.strictObject({
  time: z.string(),
  price: z.string(),
  quantity: z.string(),
  quoteQuantity: z.string().optional(),
  side: z.string().optional(),
  id: z.string().optional(),
});

const inputSection = z
  .strictObject({
    columns: columnsSection
      .optional()
      .describe('Names of the columns in the file, where the layout is not a known one'),
    timeUnit: z
      .enum(['s', 'ms', 'us', 'ns', 'iso'])
      .optional()
      .describe('Unit of the time column; default: told by its size'),
    sideMeans: z.enum(['taker', 'buyerMaker']).optional().describe('Whose side the side column gives'),
    barTime: z.enum(['open', 'close']).optional().describe('Which end of a bar its only time column gives'),
  })
  .describe('How input files are read');

/** The configuration as a Zod schema; `config.schema.json` is made from it. */
export const configSchema = z
  .strictObject({
    symbol: z.string().default('UNKNOWN'),
    clocks: z
      .record(z.string().regex(/^[A-Za-z0-9_]+$/), clock)
      .describe('Clocks by name; parents before those made from them'),
    drive: z.string().optional().describe('The clock whose bars emit rows; default: the first'),
    features: z
      .record(z.string(), z.array(z.union([featureText, featureGroup, featureObject])))
      .default({})
      .describe('Features per clock: expressions, or { preset: group }'),
    trades: tradesSection.prefault({}),
    input: inputSection.prefault({}),
    label: labelSection.prefault({ method: 'fixed' }),
    split: splitSection.prefault({ method: 'chronological' }),
    sequence: sequenceSection.prefault({}),
    model: modelSection.prefault({ kind: 'trees' }),
    transform: transformSection.prefault({}),
    selection: selectionSection.prefault({}),
    operators: z
      .array(z.custom<Operator>((op) => typeof op === 'object' && op !== null && 'name' in op))
      .default([])
      .describe('Own operators; only in a configuration that is a module'),
  })
  .describe('Minotaur configuration');

/** A configuration as written. */
export type ConfigInput = z.input<typeof configSchema>;
/** A configuration with every default filled in. */
export type Config = z.output<typeof configSchema>;
export type ClockConfig = Config['clocks'][string];

/** Every key that a configuration can have, for suggestions. */
export const KNOWN_KEYS = [
  configSchema,
  thresholdClock,
  expectationClock,
  timeClock,
  derivedClock,
  tradesSection,
  columnsSection,
  inputSection,
  featureGroup,
  fixedLabel,
  atrLabel,
  horizonLabel,
  chronologicalSplit,
  walkForwardSplit,
  purgedKFoldSplit,
  sequenceSection,
  breakOnSection,
  logisticModel,
  treesModel,
  transformSection,
  columnTransform,
  selectionSection,
].flatMap((schema) =>
  Object.keys(
    'shape' in schema
      ? schema.shape
      : (schema as unknown as { def: { innerType: { shape: object } } }).def.innerType.shape,
  ),
);
