import { fault } from '../fault.ts';
import { plantSplit, SPLIT } from '../unadjusted.ts';

/** The first trade behind a split is not scaled: it is where the split was noticed. */
export const splitOneTradeLate = fault({
  name: 'split-one-trade-late',
  imitates: 'a factor that is looked up with the time of the trade before',
  plant: plantSplit(() => {
    let before = -Infinity;
    return ({ length, time, price, quantity }) => {
      for (let i = 0; i < length; i++) {
        if (before >= SPLIT.time) {
          price[i] *= SPLIT.factor;
          quantity[i] /= SPLIT.factor;
        }
        before = time[i];
      }
    };
  }),
});
