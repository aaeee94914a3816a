import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A hole of another instrument counts for every row that is still to go out, whichever feed was faster. */
export const otherHolesAtOnce = fault({
  name: 'other-holes-at-once',
  imitates: 'a flag that is set when the news comes, and read when a row goes out',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ holes: 'at once' })),
});
