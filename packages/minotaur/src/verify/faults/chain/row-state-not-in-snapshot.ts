import { fault, plantWrap } from '../fault.ts';
import { restage } from '../restage.ts';

/** A snapshot has the clocks, and not what features of rows remember. */
export const rowStateNotInSnapshot = fault({
  name: 'row-state-not-in-snapshot',
  imitates: 'spreads and correlations that begin anew after every restart',
  plant: plantWrap('both', restage({ forgets: true })),
});
