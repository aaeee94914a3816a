import { composite, period } from '../../contract/operator.ts';

/**
 * Amihud illiquidity: how far the price moves for a unit of money traded.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const amihud = composite({
  name: 'amihud',
  family: 'microstructure',
  version: 1,
  summary: 'Amihud illiquidity',
  formula: 'mean of |log return| / dollar volume',
  source: 'Amihud: Illiquidity and Stock Returns (2002)',
  inputs: ['close', 'dollar_volume'],
  outputs: ['value'],
  params: [period(1, 'bars in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive or a bar has no volume',
  expand: ['sma(abs(log_return(close)) / dollar_volume, period)'],
});
