import { fault, plantWrap } from '../fault.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { rejoin } from '../../harness/wrap.ts';

/** Bars of bars are stamped with the time of their first bar. */
export const stampedAtFirstTrade = fault({
  name: 'stamped-at-first-trade',
  imitates: 'resample(label="left") of bars',
  plant: plantWrap(
    'both',
    rejoin(
      () => ({}),
      (bar, i, { clocks }, clock) => {
        if (clocks[clock].source.type === 'derived') bar[COLUMN.available_at][i] = bar[COLUMN.open_time][i];
      },
    ),
  ),
});
