import { fault, plantWrap } from '../fault.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { rejoin } from '../rejoin.ts';

/** Bars are joined by time alone: of two that close in the same microsecond the row of the first sees the second. */
export const oneTradeEarly = fault({
  name: 'one-trade-early',
  imitates: 'as-of joins with equal timestamps',
  plant: plantWrap(
    'both',
    rejoin(() => ({ event: COLUMN.partial })),
  ),
});
