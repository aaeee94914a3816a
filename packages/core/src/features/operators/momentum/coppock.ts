import { composite, period } from '../../contract/operator.ts';

/**
 * Coppock curve: the weighted average of the sum of two rates of change, in percent.
 *
 * Cost: that of two `roc` and of `wma`.
 */
export const coppock = composite({
  name: 'coppock',
  family: 'momentum',
  version: 1,
  summary: 'Coppock curve',
  formula: 'wma(roc(x, roc1) + roc(x, roc2), period)',
  source: "Coppock: Barron's (1962); TA-Lib COPPOCK",
  inputs: ['x'],
  outputs: ['value'],
  params: [
    period(1, 'rows of the weighted average'),
    period(1, 'rows of the first rate of change', 'roc1'),
    period(1, 'rows of the second rate of change', 'roc2'),
  ],
  lookback: ([n, roc1, roc2]) => Math.max(roc1, roc2) + n - 1,
  memory: ([n, roc1, roc2]) => ({ class: 'finite', rows: Math.max(roc1, roc2) + n }),
  nan: 'window',
  expand: ['wma(roc(x, roc1) + roc(x, roc2), period)'],
});
