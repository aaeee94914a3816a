import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** Rows are ready while clocks of other instruments are not. */
export const otherClocksNotWaitedFor = fault({
  name: 'other-clocks-not-waited-for',
  imitates: 'a warm-up that counts the bars of the main market',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ clock: () => ({ warmup: 0 }) })),
});
