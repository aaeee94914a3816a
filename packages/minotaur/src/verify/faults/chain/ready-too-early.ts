import { fault, plantWrap } from '../fault.ts';
import { rejoin } from '../rejoin.ts';

/** Rows are said to be ready with the first bar of every clock. */
export const readyTooEarly = fault({
  name: 'ready-too-early',
  imitates: 'a warm-up that ends when no column is NaN any more',
  plant: plantWrap(
    'both',
    rejoin(() => ({ warmup: 1 })),
  ),
});
