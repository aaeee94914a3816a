import { fault, plantOperator } from '../fault.ts';

/** A value that depends on how many bars came at once. */
export const blockLength = fault({
  name: 'block-length',
  imitates: 'normalising by len(df)',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] / (to - from);
    },
  }),
});
