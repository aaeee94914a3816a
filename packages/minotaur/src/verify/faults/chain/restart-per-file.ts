import { fault, plantWrap } from '../fault.ts';

/** Every file is processed from nothing: bars are cut at its end and averages start anew. */
export const restartPerFile = fault({
  name: 'restart-per-file',
  imitates: 'one job per day or month, its outputs concatenated',
  plant: plantWrap('historical', (inner) => (sinks) => {
    let engine = inner(sinks);
    let pushed = false;
    return {
      ...engine,
      push(trades, facts) {
        if (pushed) engine = inner(sinks);
        pushed = true;
        engine.push(trades, facts);
      },
      snapshot: () => engine.snapshot(),
      restore: (bytes) => engine.restore(bytes),
      counts: () => engine.counts(),
    };
  }),
});
