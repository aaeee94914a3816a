import { fault, plantOperator } from '../fault.ts';

/** Values come before they are declared to be ready. */
export const lookbackTooLong = fault({
  name: 'lookback-too-long',
  imitates: 'min_periods=1: the mean of what there is',
  plant: plantOperator({
    lookback: () => 4,
    history: () => 2,
    memory: () => ({ class: 'finite', rows: 3 }),
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] - x[i - 2];
    },
  }),
});
