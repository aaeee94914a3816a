import { fault, plantOperator } from '../fault.ts';

/** A logarithm of the engine's, whose last bit is another on arm64. */
export const platformLogarithm = fault({
  name: 'platform-logarithm',
  imitates: 'Math.log, Math.exp or Math.sin, trained on x64 and traded on arm64',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      // oxlint-disable-next-line no-restricted-properties -- that is the fault
      for (let i = from; i < to; i++) out[i] = Math.log(x[i]);
    },
  }),
});
