import { composite, period } from '../../contract/operator.ts';

/**
 * Trades per second over the last bars.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const tradeIntensity = composite({
  name: 'trade_intensity',
  family: 'microstructure',
  version: 1,
  summary: 'Trades per second',
  formula: 'sum of trades / sum of seconds',
  source: 'plain',
  inputs: ['num_ticks', 'duration_seconds'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the window lasts no time',
  expand: ['rolling_sum(num_ticks, period) / rolling_sum(duration_seconds, period)'],
});
