import { fault, plantOperator } from '../fault.ts';

/** What the table says for an hour since the epoch. */
const table = (hour: number): number => ((hour * 7919) % 101) / 1e4;

/** A column from elsewhere, joined by time: here one that knows the next hour, as a table of funding rates stamped at their start does. */
export const externalByTime = fault({
  name: 'external-by-time',
  imitates: 'a table of funding or news joined on its nominal time',
  plant: plantOperator(
    {
      inputs: ['x', 'at'],
      run: ({ in: { 0: x, 1: at }, out: { 0: out } }, from, to) => {
        for (let i = from; i < to; i++) out[i] = x[i] * (1 + table(Math.floor(at[i] / 3_600_000_000) + 1));
      },
    },
    'close, close_time',
  ),
});
