import { fault, plantOperator } from '../fault.ts';

/** Reads further back than it says it does. */
export const unstatedHistory = fault({
  name: 'unstated-history',
  imitates: 'a buffer that is one element too short',
  plant: plantOperator({
    lookback: () => 9,
    history: () => 1,
    memory: () => ({ class: 'finite', rows: 10 }),
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] - (x[i - 9] ?? NaN);
    },
  }),
});
