import { operator, period } from '../../contract/operator.ts';

/** Rows back to the value that the mean is taken from: a little more than half of the window. */
const back = (n: number): number => (n >> 1) + 1;

/**
 * Detrended price oscillator: the value in the middle of the window less the mean of the window. Summed as distances from that value,
 * so that a flat window gives 0. Nothing is read that comes later: charts draw it `floor(period / 2) + 1` rows further back.
 *
 * Cost: about 1 ns per row of the window.
 */
export const dpo = operator({
  name: 'dpo',
  family: 'momentum',
  version: 1,
  summary: 'Detrended price oscillator',
  formula: 'x[i - floor(period / 2) - 1] - mean(x[i-period+1], ..., x[i])',
  source: 'TA-Lib DPO',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => Math.max(n - 1, back(n)),
  memory: ([n]) => ({ class: 'finite', rows: Math.max(n, back(n) + 1) }),
  nan: 'window',
  history: ([n]) => Math.max(n - 1, back(n)),
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    const rows = back(n);
    for (let i = from; i < to; i++) {
      const middle = x[i - rows];
      let above = 0;
      for (let k = i - n + 1; k <= i; k++) above += middle - x[k];
      out[i] = above / n;
    }
  },
});
