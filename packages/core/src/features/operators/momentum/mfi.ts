import { composite, period } from '../../contract/operator.ts';

/**
 * Money flow index: the share of traded value that came with a rising typical price. 0 where no row of the window has both a
 * volume and another price than the row before.
 *
 * Cost: that of `flow_ratio` and 5 ns.
 */
export const mfi = composite({
  name: 'mfi',
  family: 'momentum',
  version: 2,
  summary: 'Money flow index, 0 to 100',
  formula: '100 * inflow / (inflow + outflow), sums over period rows of (high + low + close) / 3 * volume',
  source: 'Quong, Soudack: Volume-weighted RSI: Money Flow (Stocks & Commodities, 1989); TA-Lib MFI',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  expand: [
    'flow_ratio(money_flow(typprice(high, low, close), volume).inflow, money_flow(typprice(high, low, close), volume).outflow, period)',
  ],
});
