/** The section `sequence`: windows of rows that a model sees. */
import * as z from 'zod';
import { span } from '../base/span-section.ts';
import { parseSpan } from '../base/time.ts';
import type { SequenceBreaks } from './sequence.ts';

const breakOnSection = z
  .strictObject({
    gap: span.optional().describe('A longer time than this since the row before; default: no time is too long'),
    day: z.boolean().default(false).describe('The first row of a UTC day'),
  })
  .describe('What begins a new sequence, beside a row that is not ready');

export const sequenceSection = z
  .strictObject({
    length: z.int().positive().default(60).describe('Rows that a prediction looks at'),
    breakOn: breakOnSection.prefault({}),
  })
  .describe('Windows of rows that a model sees; 1 for a model of single rows');

export type SequenceConfig = z.output<typeof sequenceSection>;

/** What breaks the sequences of a configuration, in microseconds. */
export function sequenceBreaks({ breakOn: { gap, day } }: SequenceConfig): SequenceBreaks {
  return gap === undefined ? { day } : { gap: parseSpan(gap), day };
}

/** The sequences of a configuration, as an artefact has them. */
export const sequenceOf = (sequence: SequenceConfig): { readonly length: number } & SequenceBreaks => {
  return { length: sequence.length, ...sequenceBreaks(sequence) };
};
