import { operator, period } from '../../contract/operator.ts';

/**
 * Distance of the newest value from the mean, in mean absolute deviations of the window over 0.015; 0 in a flat window.
 * Everything is measured from the newest value: a flat window is then exactly flat, where TA-Lib gives 66.67 or -66.67
 * if the mean was rounded. Cost: 1 ns per row of the window.
 */
export const meanDistance = operator({
  name: 'mean_distance',
  family: 'momentum',
  version: 1,
  summary: 'Distance from the mean in units of 0.015 mean absolute deviations',
  formula: '(x[i] - mean) / (0.015 * mean(|x - mean|)), 0 in a flat window',
  source: 'last step of TA-Lib CCI',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      const start = i - n + 1;
      const newest = x[i];
      let a = 0;
      let b = 0;
      let k = start;
      for (; k < i; k += 2) {
        a += x[k] - newest;
        b += x[k + 1] - newest;
      }
      // With an odd period the newest row is left over, which adds nothing but its NaN.
      const mean = (a + b) / n;
      a = 0;
      b = 0;
      for (k = start; k < i; k += 2) {
        a += Math.abs(x[k] - newest - mean);
        b += Math.abs(x[k + 1] - newest - mean);
      }
      if (k === i) a += Math.abs(mean);
      const deviation = a + b;
      out[i] = deviation === 0 ? 0 : (0 - mean) / (0.015 * (deviation / n));
    }
  },
});
