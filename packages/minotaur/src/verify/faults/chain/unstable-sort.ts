import { fault, plantWrap } from '../fault.ts';
import { pickTrades } from 'minotaur-core/internal/trades/trade';
import { setId } from 'minotaur-core/internal/trades/id';
import { changeTrades } from '../wrap.ts';

/** History is sorted by time with a sort that does not keep the order of equal times. */
export const unstableSort = fault({
  name: 'unstable-sort',
  imitates: 'sort_values("time") with quicksort, ids left out',
  plant: plantWrap(
    'historical',
    changeTrades((block) => {
      const rows = Array.from({ length: block.length }, (_, i) => i);
      rows.sort((a, b) => block.time[a] - block.time[b] || block.price[a] - block.price[b]);
      const sorted = pickTrades(block, rows);
      for (let i = 0; i < sorted.length; i++) setId(sorted.id, i, undefined);
      return sorted;
    }),
  ),
});
