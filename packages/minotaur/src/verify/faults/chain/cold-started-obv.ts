import { fault, plantOperator } from '../fault.ts';

/** On-balance volume that is said to need two rows: a session that starts anew starts at another level. */
export const coldStartedObv = fault({
  name: 'cold-started-obv',
  imitates: 'OBV started from zero and joined to a history that was not',
  plant: plantOperator(
    {
      inputs: ['x', 'volume'],
      history: () => 1,
      memory: () => ({ class: 'finite', rows: 2 }),
      slots: () => 1,
      run: ({ in: { 0: x, 1: volume }, out: { 0: out }, state }, from, to) => {
        for (let i = from; i < to; i++) {
          if (x[i] > x[i - 1]) state[0] += volume[i];
          if (x[i] < x[i - 1]) state[0] -= volume[i];
          out[i] = state[0];
        }
      },
    },
    'close, volume',
  ),
});
