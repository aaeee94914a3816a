import { composite, period } from '../../contract/operator.ts';

/**
 * Williams' ultimate oscillator: buying pressure over true range in three windows, the shortest counting most. The
 * periods may come in any order.
 *
 * Cost: that of `pressure_ratios` and 4 ns.
 */
export const ultosc = composite({
  name: 'ultosc',
  family: 'momentum',
  version: 1,
  summary: 'Ultimate oscillator, 0 to 100',
  formula: '100 / 7 * (4 * bp1 / tr1 + 2 * bp2 / tr2 + bp3 / tr3), sums of close - true low and of true range',
  source: 'Williams: The Ultimate Oscillator (Stocks & Commodities, 1985); TA-Lib ULTOSC',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [
    period(1, 'rows of the first window', 'p1'),
    period(1, 'rows of the second window', 'p2'),
    period(1, 'rows of the third window', 'p3'),
  ],
  lookback: ([p1, p2, p3]) => Math.max(p1, p2, p3),
  memory: ([p1, p2, p3]) => ({ class: 'finite', rows: Math.max(p1, p2, p3) + 1 }),
  nan: 'window',
  expand: ['pressure_ratios(buying_pressure(low, close), trange(high, low, close), p1, p2, p3)'],
});
