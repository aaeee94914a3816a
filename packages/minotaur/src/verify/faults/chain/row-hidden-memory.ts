import { fault, plantOperator } from '../fault.ts';

/** A feature of rows that goes back to the first row, and says that it remembers one. */
export const rowHiddenMemory = fault({
  name: 'row-hidden-memory',
  imitates: 'time since the process started, told as a feature of the market',
  plant: plantOperator(
    {
      slots: () => 1,
      run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
        for (let i = from; i < to; i++) {
          if (state[0] === 0) state[0] = x[i];
          out[i] = x[i] - state[0];
        }
      },
    },
    'time',
    'rows',
  ),
});
