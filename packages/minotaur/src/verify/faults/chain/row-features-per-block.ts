import { fault, plantWrap } from '../fault.ts';
import { restage } from '../restage.ts';

/** Features of rows are computed block by block, as if nothing had been before. */
export const rowFeaturesPerBlock = fault({
  name: 'row-features-per-block',
  imitates: 'a rolling correlation over the frame of one file at a time',
  plant: plantWrap('both', restage({ restarts: true })),
});
