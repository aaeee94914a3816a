import { fault, plantWrap } from '../fault.ts';
import { setId } from 'minotaur-core/internal/trades/id';
import { changeTrades } from '../wrap.ts';

/** A late trade is moved to the present instead of being reported. */
export const lateTradeSilent = fault({
  name: 'late-trade-silent',
  imitates: 'max(previous, time) to keep a series sorted',
  plant: plantWrap('live', (inner) => (sinks) => {
    let newest = 0;
    const engine = changeTrades((block) => {
      for (let i = 0; i < block.length; i++) {
        if (block.time[i] < newest) setId(block.id, i, undefined);
        newest = block.time[i] = Math.max(newest, block.time[i]);
      }
    })(inner)(sinks);
    return { ...engine, restore: (bytes) => ((newest = 0), engine.restore(bytes)) };
  }),
});
