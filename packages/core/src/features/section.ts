/** The sections `features` and `operators`: what is computed from the bars of a clock. */
import * as z from 'zod';
import type { Feature } from './contract/expression.ts';
import type { Operator } from './contract/operator.ts';

const featureText = z.string().min(1);
const featureGroup = z.strictObject({ preset: z.string() });
/** Built in TypeScript: the tree that the text would have given. */
const featureObject = z.custom<Feature>(
  (value) => typeof value === 'object' && value !== null && 'expression' in value && 'names' in value,
);

export const featuresSection = z
  .record(z.string(), z.array(z.union([featureText, featureGroup, featureObject])))
  .describe('Features per clock: expressions, or { preset: group }');

export const operatorsSection = z
  .array(z.custom<Operator>((op) => typeof op === 'object' && op !== null && 'name' in op))
  .describe('Own operators; only in a configuration that is a module');
