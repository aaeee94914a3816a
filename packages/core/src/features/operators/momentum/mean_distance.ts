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
    // Two rows at a time, the last one twice where it is left over: each addition waits for the one before it.
    for (let i = from; i < to; i += 2) {
      const j = i + 1 < to ? i + 1 : i;
      const step = j - i;
      const start = i - n + 1;
      const newest = x[i];
      const nextNewest = x[j];
      let a = 0;
      let b = 0;
      let nextA = 0;
      let nextB = 0;
      let k = start;
      for (; k < i; k += 2) {
        a += x[k] - newest;
        b += x[k + 1] - newest;
        nextA += x[k + step] - nextNewest;
        nextB += x[k + 1 + step] - nextNewest;
      }
      // With an odd period the newest row is left over, which adds nothing but its NaN.
      const mean = (a + b) / n;
      const nextMean = (nextA + nextB) / n;
      a = b = nextA = nextB = 0;
      for (k = start; k < i; k += 2) {
        a += Math.abs(x[k] - newest - mean);
        b += Math.abs(x[k + 1] - newest - mean);
        nextA += Math.abs(x[k + step] - nextNewest - nextMean);
        nextB += Math.abs(x[k + 1 + step] - nextNewest - nextMean);
      }
      if (k === i) {
        a += Math.abs(mean);
        nextA += Math.abs(nextMean);
      }
      out[i] = distance(mean, a + b, n);
      out[j] = distance(nextMean, nextA + nextB, n);
    }
  },
  instruction: { name: 'mean_distance' },
});

function distance(mean: number, deviation: number, n: number): number {
  return deviation === 0 ? 0 : (0 - mean) / (0.015 * (deviation / n));
}
