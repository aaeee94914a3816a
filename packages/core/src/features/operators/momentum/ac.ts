import { composite, period } from '../../contract/operator.ts';

/**
 * Accelerator: the awesome oscillator less its own average.
 *
 * Cost: that of `ao`, shared, and a simple average.
 */
export const ac = composite({
  name: 'ac',
  family: 'momentum',
  version: 1,
  summary: 'Accelerator/decelerator oscillator',
  formula: 'ao - sma(ao, signal)',
  source: 'Williams: New Trading Dimensions (1998); TA-Lib AC',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [
    period(2, 'rows of the fast average', 'fast'),
    period(2, 'rows of the slow average', 'slow'),
    period(2, 'rows of the average of the oscillator', 'signal'),
  ],
  lookback: ([fast, slow, signal]) => Math.max(fast, slow) + signal - 2,
  memory: ([fast, slow, signal]) => ({ class: 'finite', rows: Math.max(fast, slow) + signal - 1 }),
  nan: 'window',
  expand: ['ao(high, low, fast, slow) - sma(ao(high, low, fast, slow), signal)'],
});
