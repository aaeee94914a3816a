import { takenUnderWatch } from '../../watch/watch.ts';
import { fault, plantOperator } from '../fault.ts';

/** As the watch hands it to a module that is loaded under it. */
// oxlint-disable-next-line no-restricted-properties -- that is the fault
const log1p = takenUnderWatch(() => Math.log1p);

/** A logarithm of the engine's that the module took while it loaded. */
export const capturedLogarithm = fault({
  name: 'captured-logarithm',
  imitates: 'const { log1p } = Math at the top of a module',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = log1p(Math.abs(x[i]));
    },
  }),
});
