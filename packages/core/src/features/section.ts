/** The sections `features` and `operators`: what is computed from the bars of a clock. */
import * as z from 'zod';
import type { Feature } from './contract/expression.ts';
import type { Operator } from './contract/operator.ts';

const featureText = z.string().min(1);
const featureGroup = z.strictObject({ preset: z.string() });
/** Built in TypeScript: the tree that the text would have given. */
const featureObject = z.custom<Feature>(
  (value) => typeof value === 'object' && value !== null && 'expression' in value && 'names' in value,
  'expected a feature that was built in TypeScript',
);

export const featuresSection = z
  .record(z.string(), z.array(z.union([featureText, featureGroup, featureObject])))
  .describe('Features per clock: expressions, or { preset: group }');

/** What is computed with before anything of it is checked. */
function isOperator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, inputs, outputs, params, version } = value as Partial<Record<keyof Operator, unknown>>;
  return typeof name === 'string' && typeof version === 'number' && [inputs, outputs, params].every(Array.isArray);
}

export const operatorsSection = z
  .array(z.custom<Operator>(isOperator, 'expected an operator: what `operator({ ... })` gives'))
  .describe('Own operators; only in a configuration that is a module');
