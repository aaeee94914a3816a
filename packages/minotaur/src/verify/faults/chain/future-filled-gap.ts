import { fault, plantOperator } from '../fault.ts';

/** A gap is filled with the value that comes after it. */
export const futureFilledGap = fault({
  name: 'future-filled-gap',
  imitates: 'bfill() before ffill() to get rid of NaN',
  plant: plantOperator(
    {
      nan: 'value',
      run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
        let next = 0;
        for (let i = to - 1; i >= from; i--) {
          if (x[i] === x[i]) next = x[i];
          out[i] = next;
        }
      },
    },
    'taker_buy_sell_ratio',
  ),
});
