import { fault, plantWrap } from '../fault.ts';
import { idText } from 'minotaur-core/internal/trades/id';
import { changeTrades } from '../wrap.ts';

/** The live side loses a trade now and then; its intake reports the gap, and nobody looks. */
export const tradeMissedLive = fault({
  name: 'trade-missed-live',
  imitates: 'a websocket that drops messages',
  plant: plantWrap(
    'live',
    changeTrades((block) => {
      if (block.length === 1 && Number(idText(block.id, 0).slice(-6)) % 97 === 0) block.length = 0;
    }),
  ),
});
