import { composite, period } from '../../contract/operator.ts';

/**
 * Aroon: how recent the lowest low and the highest high of the last period + 1 rows are, 100 being the current row; of
 * equal ones the newest counts.
 *
 * Cost: that of `aroon_place` and 2 ns.
 */
export const aroon = composite({
  name: 'aroon',
  family: 'momentum',
  version: 1,
  summary: 'Aroon down and up, 0 to 100',
  formula: '100 * (period - rows since the lowest low) / period, and the same of the highest high',
  source: 'Chande: A Time Price Oscillator (Stocks & Commodities, 1995); TA-Lib AROON',
  inputs: ['high', 'low'],
  outputs: ['aroon_down', 'aroon_up'],
  params: [period(2, 'rows before the current one')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  expand: [
    'aroon_share(aroon_place(high, low, period).since_low, period)',
    'aroon_share(aroon_place(high, low, period).since_high, period)',
  ],
});
