import { composite, period } from '../../contract/operator.ts';

/**
 * Aroon up less Aroon down.
 *
 * Cost: that of `aroon`, which is shared, and 1 ns.
 */
export const aroonosc = composite({
  name: 'aroonosc',
  family: 'momentum',
  version: 1,
  summary: 'Aroon oscillator, -100 to 100',
  formula: 'aroon_up - aroon_down',
  source: 'Chande: A Time Price Oscillator (Stocks & Commodities, 1995); TA-Lib AROONOSC',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(2, 'rows before the current one')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  expand: ['aroon(high, low, period).aroon_up - aroon(high, low, period).aroon_down'],
});
