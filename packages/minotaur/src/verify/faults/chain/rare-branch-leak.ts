import { fault, plantOperator } from '../fault.ts';

/** Looks at the next bar, but only after a trade that is larger than almost all others. */
export const rareBranchLeak = fault({
  name: 'rare-branch-leak',
  imitates: 'a fix for outliers that compares with both neighbours',
  plant: plantOperator(
    {
      run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
        for (let i = from; i < to; i++) out[i] = x[i] > 29 && i + 1 < to ? (x[i] + x[i + 1]) / 2 : x[i];
      },
    },
    'volume',
  ),
});
