import { fault, plantOperator } from '../fault.ts';

/** A power by Math.pow, whose bits differ between Node versions. */
export const power = fault({
  name: 'power',
  imitates: 'x ** 1.7, or pow() of another libm, on a machine of its own',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      // oxlint-disable-next-line no-restricted-properties -- that is the fault
      for (let i = from; i < to; i++) out[i] = Math.pow(x[i], 1.7);
    },
  }),
});
