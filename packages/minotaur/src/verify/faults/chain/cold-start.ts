import { fault, plantWrap } from '../fault.ts';
import { around } from '../../harness/wrap.ts';

/** The live session starts with the newest trades alone, and OBV and averages from nothing. */
export const coldStart = fault({
  name: 'cold-start',
  imitates: 'a bot restarted without its history',
  plant: plantWrap('live', (inner) => (sinks) => {
    const engine = inner(sinks);
    let skipped = 0;
    return around(engine, {
      push(trades, place) {
        if (skipped++ >= 20) engine.push(trades, place);
      },
    });
  }),
});
