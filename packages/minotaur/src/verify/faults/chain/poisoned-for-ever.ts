import { fault, plantOperator } from '../fault.ts';

/** A change against the mean so far, kept in the state: one missing value makes it NaN for good. The data has none, so far. */
export const poisonedForEver = fault({
  name: 'poisoned-for-ever',
  imitates: 'a recursion without a guard, tested on a month in which nothing was missing',
  plant: plantOperator({
    memory: () => ({ class: 'unbounded' }),
    slots: () => 2,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        state[0] += x[i];
        out[i] = x[i] - state[0] / ++state[1];
      }
    },
  }),
});
