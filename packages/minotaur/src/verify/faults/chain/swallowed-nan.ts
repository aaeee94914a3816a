import { fault, plantOperator } from '../fault.ts';

/** A missing value becomes 0. */
export const swallowedNan = fault({
  name: 'swallowed-nan',
  imitates: 'fillna(0) before anything else',
  plant: plantOperator(
    {
      run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
        for (let i = from; i < to; i++) out[i] = x[i] === x[i] ? x[i] : 0;
      },
    },
    'taker_buy_sell_ratio',
  ),
});
