import { fault, plantOperator } from '../fault.ts';

const ROWS = 5;

/** A mean kept as a running sum: its rounding errors are those of every row since the start. */
export const runningSum = fault({
  name: 'running-sum',
  imitates: 'sum += x[i] - x[i - n], declared as a window',
  plant: plantOperator({
    lookback: () => ROWS - 1,
    history: () => ROWS,
    memory: () => ({ class: 'finite', rows: ROWS }),
    slots: () => 2,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        state[0] += x[i] / 3;
        if (++state[1] > ROWS) state[0] -= x[i - ROWS] / 3;
        out[i] = state[1] >= ROWS ? state[0] : NaN;
      }
    },
  }),
});
