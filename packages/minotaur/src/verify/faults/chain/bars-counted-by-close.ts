import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { fault, plantWrap } from '../fault.ts';
import { rejoin } from '../rejoin.ts';

/** A bar that had opened before the hole, and closed behind it, counts as one without a hole. */
export const barsCountedByClose = fault({
  name: 'bars-counted-by-close',
  imitates: 'a wait of so many bars from the hole on, whenever they began',
  plant: plantWrap(
    'both',
    rejoin(() => ({ openTime: COLUMN.available_at })),
  ),
});
