/** The section `label`: what a row is labelled with. It looks forward, so no column depends on it, nor the schema id. */
import * as z from 'zod';
import { delay, span } from '../base/span-section.ts';
import { parseDelay } from '../base/time.ts';

/** Not so small that a barrier could round to the entry price. */
const fraction = z.number().min(1e-6).lt(1);
const side = z.enum(['long', 'short']).default('long').describe('The position that a row would open');
const entryDelay = delay
  .default(0)
  .describe(
    "How long after its row a position is entered: at the first trade at or after then, such as 500ms; 0 at the row's own close, which nobody gets",
  );
/** A time limit: a span, or rows of the driving clock. */
const until = z.union([span, z.int().positive()], { error: 'expected a span such as 4hour, or a number of rows' });
const limit = until.optional().describe('Time limit (the triple barrier): a span such as 4hour, or a number of rows');

const fixedLabel = z
  .strictObject({
    method: z.literal('fixed'),
    target: fraction.default(0.02).describe('Take-profit as a fraction of the entry price: 0.02 is 2 %'),
    stop: fraction.default(0.01).describe('Stop-loss as a fraction of the entry price: 0.01 is 1 %'),
    side,
    delay: entryDelay,
    limit,
  })
  .describe('Barriers at fixed percentages');

const atrLabel = z
  .strictObject({
    method: z.literal('atr'),
    multiple: z.number().positive().default(1.5).describe('k: the stop stands k average true ranges away'),
    minStop: fraction.default(0.005).describe('The least distance of the stop, as a fraction of the entry price'),
    column: z.string().optional().describe('Column of the rows with the range; default: atr_14 of the driving clock'),
    side,
    delay: entryDelay,
    limit,
  })
  .describe('Barriers that adapt: stop max(minStop, k ATR) away, target twice as far');

const horizonLabel = z
  .strictObject({
    method: z.literal('horizon'),
    after: until.describe('A span such as 1hour, or a number of rows'),
    side,
    delay: entryDelay,
  })
  .describe('The sign of the return after a span of time or a number of rows');

export const labelSection = z
  .discriminatedUnion('method', [fixedLabel, atrLabel, horizonLabel], { error: 'expected fixed, atr or horizon' })
  .describe('What rows are labelled with');

export type LabelConfig = z.output<typeof labelSection>;

/** Microseconds from a row to the earliest trade that its position can be entered at; 0: it is entered at the row's close. */
export function entryDelayOf({ delay: text }: LabelConfig): number {
  return parseDelay(text);
}
