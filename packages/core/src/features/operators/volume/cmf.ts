import { composite, period } from '../../contract/operator.ts';

/**
 * Chaikin money flow: volume weighted by where the close stands in the range of its bar, as a share of all volume of the window; 0 where it
 * has none.
 *
 * Cost: that of `money_flow_volume` and two window sums, about 30 ns a row.
 */
export const cmf = composite({
  name: 'cmf',
  family: 'volume',
  version: 1,
  summary: 'Chaikin money flow, -1 to 1',
  formula: 'sum(money_flow_volume) / sum(volume) over period rows, 0 without volume',
  source: 'Chaikin; TA-Lib CMF',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'the volume is so small or so large that the quotient is not finite',
  expand: [
    'quotient(rolling_sum(money_flow_volume(high, low, close, volume), period), rolling_sum(volume, period), 0)',
  ],
});
