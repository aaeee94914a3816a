import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** No row waits for another instrument: what is there is there. */
export const settledWithoutWaiting = fault({
  name: 'settled-without-waiting',
  imitates: 'a live loop that reads the newest value of every feed when its own bar closes',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ known: () => Infinity })),
});
