import { fault, plantOperator } from '../fault.ts';

/** A peak is marked on the bar of the peak, which only the two bars after it make one. */
export const peakAtPeak = fault({
  name: 'peak-at-peak',
  imitates: 'scipy find_peaks over the whole series, its indices used as they are',
  plant: plantOperator({
    history: () => 4,
    outputHistory: () => 2,
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = 0;
        const peak = x[i - 2];
        if (i - 2 >= from && peak > x[i - 4] && peak > x[i - 3] && peak >= x[i - 1] && peak >= x[i]) out[i - 2] = 1;
      }
    },
  }),
});
