import { fault, plantWrap } from '../fault.ts';
import { restage } from '../restage.ts';

/** Features of rows are computed of what was joined the last time. */
export const rowFeaturesOneRowLate = fault({
  name: 'row-features-one-row-late',
  imitates: 'a spread that is taken before the row is joined',
  plant: plantWrap('both', restage({ late: true })),
});
