import { fault, plantOperator } from '../fault.ts';

/** Equal values are told apart by chance. */
export const randomTieBreak = fault({
  name: 'random-tie-break',
  imitates: 'np.random without a seed',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] + 1e-9 * Math.random();
    },
  }),
});
