import { fault, plantWrap } from '../fault.ts';
import { rejoin } from '../rejoin.ts';

/** A gap in the ids is noticed only after the trade behind it has closed the bars of the silence. */
export const gapKnownLate = fault({
  name: 'gap-known-late',
  imitates: 'ids that are looked at in a job of their own, behind the bars',
  plant: plantWrap(
    'both',
    rejoin(
      () => ({}),
      () => {},
      { late: true },
    ),
  ),
});
