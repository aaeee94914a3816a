import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** Another instrument counts from when it was traded there, not from when it could have arrived. */
export const latencyIgnored = fault({
  name: 'latency-ignored',
  imitates: 'two downloads joined by their time stamps',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ latency: () => 0 })),
});
