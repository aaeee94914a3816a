import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A value that arrives with the row to the microsecond does not count. */
export const arrivedStrictlyBefore = fault({
  name: 'arrived-strictly-before',
  imitates: '< for <= in an as-of join',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ latency: (declared) => declared + 1 })),
});
