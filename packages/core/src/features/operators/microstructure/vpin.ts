import { composite, period } from '../../contract/operator.ts';

/**
 * Volume-synchronized probability of informed trading: imbalance of each bar, whichever its side, in all volume. On volume or dollar bars, as in the paper, the bars are its buckets.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const vpin = composite({
  name: 'vpin',
  family: 'microstructure',
  version: 1,
  summary: 'Order flow toxicity, 0 to 1',
  formula: 'sum of |buy - sell| / sum of (buy + sell)',
  source: 'Easley, Lopez de Prado, O Hara: Flow Toxicity and Liquidity in a High-Frequency World (2012)',
  inputs: ['taker_buy_volume', 'taker_sell_volume'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the window has no volume',
  expand: [
    'rolling_sum(abs(taker_buy_volume - taker_sell_volume), period) / rolling_sum(taker_buy_volume + taker_sell_volume, period)',
  ],
});
