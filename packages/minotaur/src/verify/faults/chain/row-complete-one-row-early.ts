import { fault, plantWrap } from '../fault.ts';
import { restage } from '../restage.ts';

/** Rows are ready and complete one row before features of rows have seen enough. */
export const rowCompleteOneRowEarly = fault({
  name: 'row-complete-one-row-early',
  imitates: 'rows >= n - 1 where n are needed',
  plant: plantWrap('both', restage({ needed: (needed) => needed - 1 })),
});
