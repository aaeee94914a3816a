import { fault } from '../fault.ts';
import { plantSplit, SPLIT } from '../unadjusted.ts';

/** What was before a split is scaled to the basis behind it. */
export const pastRescaled = fault({
  name: 'past-rescaled',
  imitates: 'adjusted closes as data vendors have them: every split changes all of history',
  plant: plantSplit(() => ({ length, time, price, quantity }) => {
    for (let i = 0; i < length; i++) {
      if (time[i] >= SPLIT.time) continue;
      price[i] /= SPLIT.factor;
      quantity[i] *= SPLIT.factor;
    }
  }),
});
