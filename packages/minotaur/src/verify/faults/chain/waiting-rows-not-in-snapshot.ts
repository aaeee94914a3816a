import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** Rows that wait for another instrument are lost with the process. */
export const waitingRowsNotInSnapshot = fault({
  name: 'waiting-rows-not-in-snapshot',
  imitates: 'a pending list beside the state',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ savesWaiting: false })),
});
