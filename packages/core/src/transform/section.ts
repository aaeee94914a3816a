/** The section `transform`: what is learned of each column and done to it. It changes no row, so it is not in the schema id. */
import * as z from 'zod';
import { columnMatchers } from '../base/glob.ts';
import { SCALES, type ColumnSpec } from './spec.ts';

const quantile = z.number().min(0).max(1);
const log1p = z.boolean().describe('ln(1 + x); missing at -1 and below');
const clip = z
  .union([z.tuple([quantile, quantile]), z.null()], { error: 'expected [low, high], quantiles from 0 to 1, or null' })
  .refine((limits) => limits === null || limits[0] < limits[1], { error: 'expected the lower quantile first' })
  .describe('Limits to these quantiles of the training values; null: none');
const wasClipped = z.boolean().describe('A further column <name>_was_clipped: 1 where the limits changed the value');
const impute = z
  .enum(['median', 'none'])
  .describe('What a missing value becomes: the median of the training values (0 where there is none), or nothing');
const scale = z.enum(SCALES).describe('How the column is scaled to the training values');

/** Of some columns: what differs from the rest. */
const columnTransform = z
  .strictObject({
    log1p: log1p.optional(),
    clip: clip.optional(),
    wasClipped: wasClipped.optional(),
    impute: impute.optional(),
    scale: scale.optional(),
  })
  .describe('What is different for these columns');

export const transformSection = z
  .strictObject({
    log1p: log1p.default(false),
    clip: clip.default([0.01, 0.99]),
    wasClipped: wasClipped.default(false),
    impute: impute.default('median'),
    scale: scale.default('standard'),
    columns: z
      .record(z.string().min(1), columnTransform)
      .default({})
      .describe('By name of the column, with * and ?; of several that match, the later ones win'),
  })
  .describe('What is learned of each column on the training rows and done to every row');

export type TransformConfig = z.output<typeof transformSection>;

/**
 * The specification of each of `names`.
 * @throws where a pattern matches none of them
 */
export function columnSpecs({ columns, ...common }: TransformConfig, names: readonly string[]): ColumnSpec[] {
  const matchers = columnMatchers(Object.keys(columns), names, 'transform.columns');
  const specs = Object.values(columns);
  return names.map((name) => {
    const spec = { ...common };
    for (const [i, own] of specs.entries()) {
      if (!matchers[i](name)) continue;
      for (const [key, value] of Object.entries(own)) if (value !== undefined) Object.assign(spec, { [key]: value });
    }
    return spec;
  });
}
