import { fault, plantWrap } from '../fault.ts';
import { idText, setId } from 'minotaur-core/internal/trades/id';
import { pickTrades } from 'minotaur-core/internal/trades/trade';
import { changeTrades } from '../wrap.ts';

/** A trade now and then comes twice, without its id. */
export const doubleCountedTrade = fault({
  name: 'double-counted-trade',
  imitates: 'the overlap of two requests of a paged API',
  plant: plantWrap(
    'both',
    changeTrades((block) => {
      const rows = Array.from({ length: block.length }, (_, i) =>
        Number(idText(block.id, i).slice(-6)) % 40 === 0 ? [i, i] : [i],
      ).flat();
      const doubled = pickTrades(block, rows);
      rows.forEach((row, i) => rows[i - 1] === row && setId(doubled.id, i, undefined));
      return doubled;
    }),
  ),
});
