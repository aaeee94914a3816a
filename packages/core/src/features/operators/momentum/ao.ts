import { composite, period } from '../../contract/operator.ts';

/**
 * Awesome oscillator: the average of the last few middle prices less that of many.
 *
 * Cost: that of `mean_gap`, which is shared with `ac`.
 */
export const ao = composite({
  name: 'ao',
  family: 'momentum',
  version: 1,
  summary: 'Awesome oscillator',
  formula: 'sma(m, fast) - sma(m, slow) with m = (high + low) / 2',
  source: 'Williams: New Trading Dimensions (1998); TA-Lib AO',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(2, 'rows of the fast average', 'fast'), period(2, 'rows of the slow average', 'slow')],
  lookback: ([fast, slow]) => Math.max(fast, slow) - 1,
  memory: ([fast, slow]) => ({ class: 'finite', rows: Math.max(fast, slow) }),
  nan: 'window',
  expand: ['mean_gap(medprice(high, low), fast, slow)'],
});
