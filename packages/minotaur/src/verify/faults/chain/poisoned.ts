import { fault, plantOperator } from '../fault.ts';

/** An average that one missing value makes NaN for good. */
export const poisoned = fault({
  name: 'poisoned',
  imitates: 'ewm without ignore_na, a recursion without a guard',
  plant: plantOperator(
    {
      nan: 'skip',
      memory: () => ({ class: 'fading', rows: 60, tolerance: 1e-9 }),
      slots: () => 2,
      run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
        for (let i = from; i < to; i++) {
          state[1] = state[0] === 0 ? x[i] : state[1] + 0.5 * (x[i] - state[1]);
          state[0] = 1;
          out[i] = state[1];
        }
      },
    },
    'taker_buy_sell_ratio',
  ),
});
