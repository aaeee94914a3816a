import { compareIds } from 'minotaur-core/internal/trades/id';
import { copyTrades, pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { fault, plantWrap } from '../fault.ts';
import { changeTrades } from '../wrap.ts';

/** A trade whose id is below the newest is taken for one that came before, and disappears. */
export const lateCalledDuplicate = fault({
  name: 'late-called-duplicate',
  imitates: '`if (id <= lastId) continue` against duplicates',
  plant: plantWrap('both', (inner) => (sinks) => {
    let newest: TradeBlock | undefined;
    const engine = changeTrades((block) => {
      const kept: number[] = [];
      for (let i = 0; i < block.length; i++) {
        if (newest !== undefined && compareIds(block.id, i, newest.id, 0) < 0) continue;
        newest = pickTrades(block, [i]);
        kept.push(i);
      }
      return kept.length === block.length ? copyTrades(block) : pickTrades(block, kept);
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => ((newest = undefined), engine.restore(bytes)) };
  }),
});
