import { composite, period } from '../../contract/operator.ts';

/**
 * Average weighted by volume. No value where the window traded nothing. A period of 1 is the value itself, whatever the volume.
 *
 * Cost: that of two window sums.
 */
export const vwma = composite({
  name: 'vwma',
  family: 'overlap',
  version: 1,
  summary: 'Volume weighted moving average',
  formula: 'sum(x * volume) / sum(volume) over period rows; x if period is 1',
  source: 'TA-Lib VWMA',
  inputs: ['x', 'volume'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the window has no volume, or so much that the sum is not finite',
  expand: ([n]) => [n === 1 ? 'valid(x, volume)' : 'rolling_sum(x * volume, period) / rolling_sum(volume, period)'],
});
