import { composite, period } from '../../contract/operator.ts';

/**
 * Efficiency ratio: how far the value came of all the way that it went; what `kama` chooses its weight by. 1 in a flat window, as
 * in TA-Lib.
 *
 * Cost: that of a window sum and 10 ns.
 */
export const er = composite({
  name: 'er',
  family: 'momentum',
  version: 1,
  summary: 'Kaufman efficiency ratio, 0 to 1',
  formula: '|x[i] - x[i-period]| / sum(|x[k] - x[k-1]|) over period rows, 1 in a flat window',
  source: 'Kaufman: Smarter Trading (1995); TA-Lib ER',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'changes in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'the way is so small or so large that the quotient is not finite',
  expand: ['clip(quotient(abs(diff(x, period)), rolling_sum(abs(diff(x, 1)), period), 1), 0, 1)'],
});
