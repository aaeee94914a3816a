import { fault, plantWrap } from '../fault.ts';
import { rejoinSeveral } from '../rejoin-several.ts';

/** A row goes out as soon as the other feed has come to its time, though a trade of that very time may follow. */
export const settledAtItsTime = fault({
  name: 'settled-at-its-time',
  imitates: 'a watermark compared with >= instead of >',
  several: true,
  plant: plantWrap('both', rejoinSeveral({ known: (own) => own + 1 })),
});
