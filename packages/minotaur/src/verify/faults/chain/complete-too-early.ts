import { fault, plantWrap } from '../fault.ts';
import { rejoin } from '../rejoin.ts';

/** Rows are complete again one bar before the hole has left the windows. */
export const completeTooEarly = fault({
  name: 'complete-too-early',
  imitates: 'a count of the bars behind a hole that begins at one',
  plant: plantWrap(
    'both',
    rejoin(({ behind }) => ({ behind: behind - 1 })),
  ),
});
