import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** The live side takes the maker for the taker. */
export const sideFlippedLive = fault({
  name: 'side-flipped-live',
  imitates: 'is_buyer_maker read as "is buyer"',
  plant: plantWrap(
    'live',
    changeTrades(({ side, length }) => {
      for (let i = 0; i < length; i++) side[i] = -side[i];
    }),
  ),
});
