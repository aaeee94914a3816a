import { fault, plantWrap } from '../fault.ts';

/** The live session starts with the newest trades alone, and OBV and averages from nothing. */
export const coldStart = fault({
  name: 'cold-start',
  imitates: 'a bot restarted without its history',
  plant: plantWrap('live', (inner) => (sinks) => {
    const engine = inner(sinks);
    let skipped = 0;
    return {
      ...engine,
      push(trades, facts) {
        if (skipped++ >= 20) engine.push(trades, facts);
      },
    };
  }),
});
