import { fault, plantWrap } from '../fault.ts';
import { around } from '../../harness/wrap.ts';

/** Every file is processed from nothing: bars are cut at its end and averages start anew. */
export const restartPerFile = fault({
  name: 'restart-per-file',
  imitates: 'one job per day or month, its outputs concatenated',
  plant: plantWrap('historical', (inner) => (sinks) => {
    let engine = inner(sinks);
    let pushed = false;
    return around(engine, {
      push(trades, place) {
        if (pushed) engine = inner(sinks);
        pushed = true;
        engine.push(trades, place);
      },
      snapshot: () => engine.snapshot(),
      restore: (bytes) => engine.restore(bytes),
      counts: () => engine.counts(),
    });
  }),
});
