import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { fault, plantWrap } from '../fault.ts';
import { copyRows } from '../../harness/wrap.ts';

/** Live rows leave with the next trade instead of their own. */
export const rowOneTradeLate = fault({
  name: 'row-one-trade-late',
  imitates: 'a callback queued behind the next message',
  plant: plantWrap('live', (inner) => (sinks) => {
    const waiting: RowBlock[] = [];
    const engine = inner({ ...sinks, onRows: (rows) => void waiting.push(copyRows(rows)) });
    return {
      ...engine,
      push(trades, facts) {
        for (const rows of waiting.splice(0)) sinks.onRows?.(rows);
        engine.push(trades, facts);
      },
    };
  }),
});
