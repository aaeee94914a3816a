import { composite, period } from '../../contract/operator.ts';

/**
 * Vertical horizontal filter: the range of the window as a share of all movement that led to its rows: near 1 in a trend. 0 where nothing moved.
 *
 * Cost: that of `max`, `min` and a window sum.
 */
export const vhf = composite({
  name: 'vhf',
  family: 'momentum',
  version: 1,
  summary: 'Vertical horizontal filter',
  formula: '(max(x, period) - min(x, period)) / sum(|x[k] - x[k-1]|) over period rows, 0 in a flat window',
  source: 'White: Futures (1991); TA-Lib VHF',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'the movement is so small or so large that the quotient is not finite',
  expand: ['quotient(max(x, period) - min(x, period), rolling_sum(abs(diff(x, 1)), period), 0)'],
});
