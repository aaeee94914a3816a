import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** The feed that is furthest speaks for all others. */
export const settledByTheFastest = fault({
  name: 'settled-by-the-fastest',
  imitates: 'one watermark for the whole pipeline',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ known: (_, others) => Math.max(...others) })),
});
