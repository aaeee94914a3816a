import { composite, period } from '../../contract/operator.ts';

/**
 * Net taker volume of the window in all of it: a ratio of sums, not a mean of ratios.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const orderFlowImbalance = composite({
  name: 'order_flow_imbalance',
  family: 'microstructure',
  version: 1,
  summary: 'Order flow imbalance, -1 to 1',
  formula: 'sum of (buy - sell) / sum of (buy + sell)',
  source: 'plain',
  inputs: ['taker_buy_volume', 'taker_sell_volume'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the window has no volume',
  expand: [
    'rolling_sum(taker_buy_volume - taker_sell_volume, period) / rolling_sum(taker_buy_volume + taker_sell_volume, period)',
  ],
});
