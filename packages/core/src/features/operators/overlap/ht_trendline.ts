import { composite } from '../../contract/operator.ts';

/**
 * Instantaneous trend: the mean over the dominant cycle, smoothed over four rows.
 *
 * Cost: that of `hilbert`, shared with `ht_sine` and others, and 60 ns.
 */
export const htTrendline = composite({
  name: 'ht_trendline',
  family: 'overlap',
  version: 2,
  summary: 'Hilbert transform: instantaneous trendline',
  formula: 'wma(mean of x over the length of the cycle, 4)',
  source: 'TA-Lib HT_TRENDLINE',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 63,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  undefinedWhen: 'the length reaches back before the first row',
  expand: ['settle(wma(cycle_mean(x, hilbert(x, 37).smooth_period), 4), 23)'],
});
