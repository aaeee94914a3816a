import { fault, plantOperator } from '../fault.ts';

/** One row more is needed than is declared. */
export const lookbackTooShort = fault({
  name: 'lookback-too-short',
  imitates: 'min_periods off by one',
  plant: plantOperator({
    lookback: () => 2,
    history: () => 3,
    memory: () => ({ class: 'finite', rows: 4 }),
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] - x[i - 3];
    },
  }),
});
