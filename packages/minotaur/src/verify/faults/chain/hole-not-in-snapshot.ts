import { fault, plantWrap } from '../fault.ts';
import { rejoin } from '../rejoin.ts';

/** A restart makes every row complete. */
export const holeNotInSnapshot = fault({
  name: 'hole-not-in-snapshot',
  imitates: 'a process that keeps its holes in memory and is restarted',
  plant: plantWrap(
    'both',
    rejoin(
      () => ({}),
      () => {},
      { restored: (state) => state.fill(0) },
    ),
  ),
});
