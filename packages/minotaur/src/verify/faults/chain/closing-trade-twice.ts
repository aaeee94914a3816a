import { fault, plantWrap } from '../fault.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { rejoin } from '../rejoin.ts';

/** The trade that closes a bar is counted in it and in the next one. */
export const closingTradeTwice = fault({
  name: 'closing-trade-twice',
  imitates: '<= on both ends of an interval',
  plant: plantWrap(
    'both',
    rejoin(
      () => ({}),
      (bar, i, { clocks }, clock) => {
        if (clocks[clock].source.type === 'rule' && bar[COLUMN.ordinal][i] > 0) bar[COLUMN.num_ticks][i] += 1;
      },
    ),
  ),
});
