import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A row holds whatever of another instrument was there when its bar closed. */
export const cacheOfNewest = fault({
  name: 'cache-of-newest',
  imitates: 'a dictionary of last values that every feed writes into',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ latency: () => -1e15, known: () => Infinity })),
});
