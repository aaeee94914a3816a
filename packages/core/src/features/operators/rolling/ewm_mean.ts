import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: whether there was a value, the mean. */

/**
 * Exponentially weighted mean as pandas has it with adjust=False and ignore_na=True: it starts at the first value. `ema`
 * starts with a simple average instead. A row with NaN is skipped.
 *
 * Cost: 4 ns a row.
 */
export const ewmMean = operator({
  name: 'ewm_mean',
  family: 'rolling',
  version: 1,
  summary: 'Exponentially weighted mean',
  formula: 'mean[i] = (1 - a) mean[i-1] + a x[i], a = 2 / (span + 1); the first is x[0]',
  source: 'pandas Series.ewm(span=span, adjust=False, ignore_na=True).mean',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows whose plain mean is as old on average', 'span')],
  lookback: () => 0,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const alpha = 2 / (n + 1);
    for (let i = from; i < to; i++) {
      const value = x[i];
      if (value === value) {
        state[1] = state[0] === 0 || alpha === 1 ? value : state[1] + alpha * (value - state[1]);
        state[0] = 1;
        out[i] = state[1];
      } else out[i] = NaN;
    }
  },
});
