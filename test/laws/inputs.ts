/** Columns for law suites: random walks with ties, flat stretches, prints far off, NaN rows and holes, from a seed. */
import * as fc from 'fast-check';
import { DOMAINS, KINDS, type Shape } from '../../packages/minotaur/src/verify/memory/sample-columns.ts';

export {
  DOMAINS,
  makeColumns,
  putNaN,
  putPrint,
  tameShape,
} from '../../packages/minotaur/src/verify/memory/sample-columns.ts';
export type { Columns, Shape } from '../../packages/minotaur/src/verify/memory/sample-columns.ts';

export const shapeArbitrary: fc.Arbitrary<Shape> = fc.record({
  seed: fc.nat(1_000_000),
  scale: fc.constantFrom(1, 1e-8, 1e8),
  domain: fc.constantFrom(...DOMAINS),
  stretches: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), rows: fc.integer({ min: 1, max: 30 }) }), {
    minLength: 1,
    maxLength: 7,
  }),
});

/** The shape without its missing values. */
export function withoutNaN(shape: Shape): Shape {
  const kept = shape.stretches.filter(({ kind }) => kind !== 'nan' && kind !== 'hole');
  return { ...shape, stretches: [{ kind: 'walk', rows: 10 }, ...kept] };
}
