import { composite, period } from '../../contract/operator.ts';

/**
 * Row of the highest value of the window, counted from the first row; of equal values the newest. TA-Lib takes the oldest where it
 * has to search the window anew. `rows_since` counts from the present, which does not depend on where the run began.
 *
 * Cost: that of `rows_since` and `max`, shared, and 4 ns.
 */
export const maxindex = composite({
  name: 'maxindex',
  family: 'rolling',
  version: 1,
  summary: 'Row of the highest value of the window',
  formula: 'row of max(x[i-period+1], ..., x[i])',
  source: 'TA-Lib MAXINDEX',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  expand: ['row_number() - rows_since(x, max(x, period), period)'],
});
