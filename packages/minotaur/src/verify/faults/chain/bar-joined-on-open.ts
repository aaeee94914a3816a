import { fault, plantWrap } from '../fault.ts';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { rejoin } from '../../harness/wrap.ts';

/** Time bars are joined on the time they open: a look-ahead of up to their length. */
export const barJoinedOnOpen = fault({
  name: 'bar-joined-on-open',
  imitates: 'merge_asof on the open time of a kline',
  plant: plantWrap(
    'both',
    rejoin((_, plan, clock) =>
      plan.clocks[clock].source.type === 'interval' ? { availableAt: COLUMN.open_time, event: COLUMN.partial } : {},
    ),
  ),
});
