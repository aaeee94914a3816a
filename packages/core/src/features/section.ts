/** The sections `features` and `operators`: what is computed from the bars of a clock. */
import * as z from 'zod';
import type { Feature } from './contract/expression.ts';
import type { CompositeOperator, Operator, PrimitiveOperator } from './contract/operator.ts';

const featureText = z.string().min(1);
const featureGroup = z
  .strictObject({
    preset: z.string(),
    of: z
      .tuple([featureText, featureText])
      .optional()
      .describe('Of a group of two series (spread, cross): these, columns or expressions'),
    as: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and underscores')
      .optional()
      .describe('Begins the names of its features'),
    windows: z.array(z.int().min(2).max(100_000)).min(1).optional().describe('Rows of its windows; default [20, 60]'),
    lags: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe('Of cross: rows by which one return is held against the other, at most; default 3'),
  })
  .describe('A group of features by name');
/** Built in TypeScript: the tree that the text would have given. */
const featureObject = z.custom<Feature>(
  (value) => typeof value === 'object' && value !== null && 'expression' in value && 'names' in value,
  'expected a feature that was built in TypeScript',
);

export const featuresSection = z
  .record(z.string(), z.array(z.union([featureText, featureGroup, featureObject])))
  .describe(
    'Features per clock, and of rows (rows): expressions, { preset: group }, or { preset: spread or cross, of: [a, b], as: name }',
  );

/** What is computed with before anything of it is checked. */
function isOperator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const op = value as Partial<Record<keyof PrimitiveOperator | keyof CompositeOperator, unknown>>;
  const { name, inputs, outputs, params, version } = op;
  const functions = 'expand' in op ? [op.lookback, op.memory] : [op.lookback, op.memory, op.history, op.slots, op.run];
  return (
    typeof name === 'string' &&
    typeof version === 'number' &&
    [inputs, outputs, params].every(Array.isArray) &&
    functions.every((one) => typeof one === 'function')
  );
}

export const operatorsSection = z
  .array(z.custom<Operator>(isOperator, 'expected an operator: what `operator({ ... })` gives'))
  .describe('Own operators; only in a configuration that is a module');
