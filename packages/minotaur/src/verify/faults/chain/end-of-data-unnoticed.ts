import type { Hole } from 'minotaur-core/internal/chain/contract';
import { fault, plantWrap } from '../fault.ts';

/** A hole is told with the next trade of its feed; where there is none, because the data has ended, it never is. */
export const endOfDataUnnoticed = fault({
  name: 'end-of-data-unnoticed',
  imitates: 'a gap that is looked for between two trades, and so never behind the last',
  several: true,
  plant: plantWrap('both', (inner) => (sinks) => {
    const engine = inner(sinks);
    const held = new Map<string | undefined, Hole>();
    return {
      ...engine,
      hole: (hole, facts) => void held.set(facts?.instrument, hole),
      push(trades, facts) {
        const hole = held.get(facts?.instrument);
        if (hole !== undefined) {
          const now = engine.lastEvent()?.time ?? hole.to;
          engine.hole({ ...hole, to: Math.max(hole.to, now) }, facts);
        }
        held.delete(facts?.instrument);
        engine.push(trades, facts);
      },
    };
  }),
});
