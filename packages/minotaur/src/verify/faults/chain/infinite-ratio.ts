import { fault, plantOperator } from '../fault.ts';

/** A ratio whose denominator can be zero. */
export const infiniteRatio = fault({
  name: 'infinite-ratio',
  imitates: 'a / b, and one aggregation later NaN',
  plant: plantOperator(
    {
      lookback: () => 1,
      history: () => 1,
      memory: () => ({ class: 'finite', rows: 2 }),
      run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
        for (let i = from; i < to; i++)
          out[i] = x[i] === x[i] && x[i - 1] === x[i - 1] ? 1 / Math.abs(x[i] - x[i - 1]) : NaN;
      },
    },
    'num_ticks',
  ),
});
