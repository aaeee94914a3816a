import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A hole of another instrument leaves rows complete. */
export const otherHolesIgnored = fault({
  name: 'other-holes-ignored',
  imitates: 'a health check of the main feed alone',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ holes: 'none' })),
});
