import { fault, plantWrap } from '../fault.ts';
import { idNumber } from 'minotaur-core/internal/trades/id';
import { changeTrades } from '../wrap.ts';

/** The live side loses a trade now and then; its intake reports the gap, and nobody looks. */
export const tradeMissedLive = fault({
  name: 'trade-missed-live',
  imitates: 'a websocket that drops messages',
  plant: plantWrap(
    'live',
    changeTrades((block) => {
      if (block.length === 1 && idNumber(block.id, 0) % 97 === 0) block.length = 0;
    }),
  ),
});
