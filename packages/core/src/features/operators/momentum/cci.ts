import { composite, period } from '../../contract/operator.ts';

/**
 * Commodity channel index: how far the typical price is from its average, in units that keep most values within 100
 * of zero. 0 in a flat window.
 *
 * Cost: that of `mean_distance`, about 15 ns a row for 14 rows.
 */
export const cci = composite({
  name: 'cci',
  family: 'momentum',
  version: 1,
  summary: 'Commodity channel index',
  formula: '(tp[i] - mean(tp)) / (0.015 * mean(|tp - mean(tp)|)) with tp = (high + low + close) / 3',
  source: 'Lambert: Commodity Channel Index (Commodities, 1980); TA-Lib CCI',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['mean_distance(typprice(high, low, close), period)'],
});
