import { composite, period } from '../../contract/operator.ts';

/**
 * Forecast oscillator: how far the value is from where the line through the rows before it pointed, in percent of the value. 0 where
 * that is 0.
 *
 * Cost: that of `linear_fit`, shared with `tsf`, and 8 ns.
 */
export const fosc = composite({
  name: 'fosc',
  family: 'momentum',
  version: 1,
  summary: 'Forecast oscillator',
  formula: '100 * (x[i] - tsf[i-1]) / x[i], tsf over period rows; 0 where x[i] = 0',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib FOSC',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'x is so small that the quotient is not finite',
  expand: ['quotient(100 * (x - lag(tsf(x, period), 1)), x, 0)'],
});
