import { fault, plantOperator } from '../fault.ts';

/** A mean over two bars before and two after, cut off where the data ends. */
export const centredWindow = fault({
  name: 'centred-window',
  imitates: 'rolling(5, center=True) in a notebook',
  plant: plantOperator({
    history: () => 2,
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) {
        let sum = 0;
        let count = 0;
        for (let k = Math.max(i - 2, 0); k <= Math.min(i + 2, to - 1); k++) {
          if (x[k] !== x[k]) continue;
          sum += x[k];
          count++;
        }
        out[i] = sum / count;
      }
    },
  }),
});
