import { composite, period } from '../operator.ts';

/**
 * Distance of the close from the volume-weighted average price of the last bars, as a share of it.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const vwapDistance = composite({
  name: 'vwap_distance',
  family: 'microstructure',
  version: 1,
  summary: 'Distance from the rolling VWAP',
  formula: 'close / (sum of dollar volume / sum of volume) - 1',
  source: 'plain',
  inputs: ['close', 'dollar_volume', 'volume'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the window has no volume',
  expand: ['close / (rolling_sum(dollar_volume, period) / rolling_sum(volume, period)) - 1'],
});
