import { planOf } from 'minotaur-core/internal/config/engine';
import { pickTrades } from 'minotaur-core/internal/trades/trade';
import { fault } from '../fault.ts';
import { enginesOf } from '../../harness/sides.ts';
import { changeTrades } from '../wrap.ts';

/** Late trades are put in order by sorting what came together: a block in history, a trade at a time live. */
export const sortedInBlocks = fault({
  name: 'sorted-in-blocks',
  imitates: 'df.sort_values before each chunk, and nothing live',
  plant(sound) {
    const plan = planOf({ ...sound, trades: { ...sound.trades, disorder: 'drop', reorder: { within: '5s' } } });
    const engines = enginesOf(plan);
    const sorting = changeTrades((block) => {
      const rows = Array.from({ length: block.length }, (_, i) => i);
      return pickTrades(
        block,
        rows.sort((a, b) => block.time[a] - block.time[b]),
      );
    })(engines);
    let newest = 0;
    const dropping = changeTrades((block) => {
      const rows = Array.from({ length: block.length }, (_, i) => i);
      return pickTrades(
        block,
        rows.filter((i) => block.time[i] >= newest && (newest = block.time[i]) > 0),
      );
    })(engines);
    return {
      plan,
      sides: {
        historical: sorting,
        live(sinks) {
          newest = 0;
          return dropping(sinks);
        },
      },
    };
  },
});
