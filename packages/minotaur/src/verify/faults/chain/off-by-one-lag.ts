import { fault, plantOperator } from '../fault.ts';

/** A lag with the wrong sign: the change to the next bar instead of from the last one. */
export const offByOneLag = fault({
  name: 'off-by-one-lag',
  imitates: 'shift(-1) where shift(1) was meant',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = i + 1 < to ? x[i + 1] - x[i] : 0;
    },
  }),
});
