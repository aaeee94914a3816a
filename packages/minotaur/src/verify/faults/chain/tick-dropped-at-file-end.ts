import { fault, plantWrap } from '../fault.ts';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { changeTrades } from '../wrap.ts';

/** The last trade of each file is lost. */
export const tickDroppedAtFileEnd = fault({
  name: 'tick-dropped-at-file-end',
  imitates: 'iterating to length - 1',
  plant: plantWrap(
    'historical',
    changeTrades((block) => sliceTrades(block, 0, Math.max(0, block.length - 1))),
  ),
});
