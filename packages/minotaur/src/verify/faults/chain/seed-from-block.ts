import { fault, plantOperator } from '../fault.ts';

/** An average that starts anew with the first value of each block. */
export const seedFromBlock = fault({
  name: 'seed-from-block',
  imitates: 'an EMA applied file by file, or chunk by chunk',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      let mean = x[from];
      for (let i = from; i < to; i++) out[i] = mean += 0.3 * (x[i] - mean);
    },
  }),
});
