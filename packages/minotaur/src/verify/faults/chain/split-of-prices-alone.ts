import { fault } from '../fault.ts';
import { plantSplit, SPLIT } from '../unadjusted.ts';

/** Behind a split prices are scaled and quantities are not: ten times the turnover, without a trade more. */
export const splitOfPricesAlone = fault({
  name: 'split-of-prices-alone',
  imitates: 'an adjustment factor for the close, and none for the volume',
  plant: plantSplit(() => ({ length, time, price }) => {
    for (let i = 0; i < length; i++) if (time[i] >= SPLIT.time) price[i] *= SPLIT.factor;
  }),
});
