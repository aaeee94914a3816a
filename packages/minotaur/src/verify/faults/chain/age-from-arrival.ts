import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** The age of another instrument counts from when it arrived, so that the wire makes it younger. */
export const ageFromArrival = fault({
  name: 'age-from-arrival',
  imitates: 'now() - received_at',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ latency: () => 0, clock: (_, arrival) => ({ availableAt: arrival }) })),
});
