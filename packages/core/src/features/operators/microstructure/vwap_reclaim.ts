import { composite, period } from '../../contract/operator.ts';

/**
 * Flags of the bar that closes above the rolling VWAP after one that did not, and of its loss.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const vwapReclaim = composite({
  name: 'vwap_reclaim',
  family: 'microstructure',
  version: 1,
  summary: 'Close back above, or below, the rolling VWAP',
  formula: 'reclaim: vwap_distance > 0 and <= 0 one bar before; loss: mirrored',
  source: 'plain',
  inputs: ['close', 'dollar_volume', 'volume'],
  outputs: ['reclaim', 'loss'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'the window has no volume',
  expand: [
    'vwap_distance(close, dollar_volume, volume, period) > 0 and lag(vwap_distance(close, dollar_volume, volume, period), 1) <= 0',
    'vwap_distance(close, dollar_volume, volume, period) < 0 and lag(vwap_distance(close, dollar_volume, volume, period), 1) >= 0',
  ],
});
