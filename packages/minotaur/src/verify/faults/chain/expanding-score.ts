import { fault, plantOperator } from '../fault.ts';

/** A score against mean and deviation of all rows since the start, as if it were over a window. */
export const expandingScore = fault({
  name: 'expanding-score',
  imitates: '(x - x.expanding().mean()) / x.expanding().std()',
  plant: plantOperator({
    lookback: () => 1,
    memory: () => ({ class: 'finite', rows: 10 }),
    slots: () => 3,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        const n = ++state[0];
        const before = x[i] - state[1];
        state[1] += before / n;
        state[2] += before * (x[i] - state[1]);
        const deviation = Math.sqrt(state[2] / n);
        out[i] = n === 1 ? NaN : deviation > 0 ? (x[i] - state[1]) / deviation : 0;
      }
    },
  }),
});
