import { fault, plantWrap } from '../fault.ts';
import { restage } from '../restage.ts';

/** A row is ready with its clocks, whatever its own features remember. */
export const readyBeforeRowFeatures = fault({
  name: 'ready-before-row-features',
  imitates: 'a warm-up that counts bars and forgets what is computed of the joined rows',
  plant: plantWrap('both', restage({ needed: () => 1 })),
});
