import { composite, period } from '../../contract/operator.ts';

/**
 * Chande momentum oscillator as Chande has it, of plain sums: gains less losses of the window as a share of all movement. `cmo` averages
 * them as `rsi` does. 0 in a flat window.
 *
 * Cost: that of two window sums, about 25 ns a row.
 */
export const cmou = composite({
  name: 'cmou',
  family: 'momentum',
  version: 1,
  summary: 'Chande momentum oscillator of plain sums, -100 to 100',
  formula: '100 * sum(d) / sum(|d|) over period rows with d = x[i] - x[i-1], 0 in a flat window',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib CMOU',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'changes in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'the movement is so small or so large that the quotient is not finite',
  expand: ['100 * quotient(rolling_sum(diff(x, 1), period), rolling_sum(abs(diff(x, 1)), period), 0)'],
});
