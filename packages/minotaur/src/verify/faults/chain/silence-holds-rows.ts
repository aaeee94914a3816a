import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A watermark of another instrument lets no row go: it waits for a trade. */
export const silenceHoldsRows = fault({
  name: 'silence-holds-rows',
  imitates: 'a feed that is heard of only when it trades',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ watermarks: false })),
});
