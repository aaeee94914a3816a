import { fault, plantOperator } from '../fault.ts';

/** How far below the highest value since the start, which another start has not seen. */
export const expandingMaximum = fault({
  name: 'expanding-maximum',
  imitates: 'x / x.cummax() - 1: the drawdown since the first row of the file',
  plant: plantOperator({
    memory: () => ({ class: 'finite', rows: 20 }),
    slots: () => 1,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        if (x[i] > state[0]) state[0] = x[i];
        out[i] = x[i] / state[0] - 1;
      }
    },
  }),
});
