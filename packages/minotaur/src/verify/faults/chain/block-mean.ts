import { fault, plantOperator } from '../fault.ts';

/** The mean of the whole block is taken off, the bars to come included. */
export const blockMean = fault({
  name: 'block-mean',
  imitates: 'df - df.mean() before the split',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      let sum = 0;
      for (let i = from; i < to; i++) sum += x[i];
      for (let i = from; i < to; i++) out[i] = x[i] - sum / (to - from);
    },
  }),
});
