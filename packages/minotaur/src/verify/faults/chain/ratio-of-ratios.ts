import { fault, plantWrap } from '../fault.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { rejoin } from '../rejoin.ts';

/** The price of a bar of bars is the mean of its ends instead of value over volume. */
export const ratioOfRatios = fault({
  name: 'ratio-of-ratios',
  imitates: 'a mean of ratios taken for the ratio of sums',
  plant: plantWrap(
    'both',
    rejoin(
      () => ({}),
      (bar, i, { clocks }, clock) => {
        if (clocks[clock].source.type === 'derived')
          bar[COLUMN.vwap][i] = (bar[COLUMN.open][i] + bar[COLUMN.close][i]) / 2;
      },
    ),
  ),
});
