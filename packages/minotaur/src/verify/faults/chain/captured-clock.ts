import { takenUnderWatch } from '../../watch/watch.ts';
import { fault, plantOperator } from '../fault.ts';

/** As the watch hands it to a module that is loaded under it. */
const now = takenUnderWatch(() => Date.now);

/** A clock that the module took while it loaded. */
export const capturedClock = fault({
  name: 'captured-clock',
  imitates: 'const { now } = Date at the top of a module',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      const hour = Math.floor(now() / 3_600_000);
      for (let i = from; i < to; i++) out[i] = x[i] + hour;
    },
  }),
});
