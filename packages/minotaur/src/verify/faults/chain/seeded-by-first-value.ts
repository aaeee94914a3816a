import { fault, plantOperator } from '../fault.ts';

/** An exponential average that begins with the first value, and is taken for one over its last rows. */
export const seededByFirstValue = fault({
  name: 'seeded-by-first-value',
  imitates: 'ewm(adjust=False) whose warm-up is said to be its span',
  plant: plantOperator({
    memory: () => ({ class: 'finite', rows: 6 }),
    slots: () => 2,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        state[0] = state[1] === 0 ? x[i] : state[0] + 0.3 * (x[i] - state[0]);
        state[1] = 1;
        out[i] = state[0];
      }
    },
  }),
});
