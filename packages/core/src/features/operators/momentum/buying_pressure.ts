import { operator } from '../../contract/operator.ts';

/**
 * How far the close is above the true low, the lower of the bar's low and the close before.
 *
 * Cost: 1 ns a row.
 */
export const buyingPressure = operator({
  name: 'buying_pressure',
  family: 'momentum',
  version: 1,
  summary: 'Close above the true low',
  formula: 'close[i] - min(low[i], close[i-1])',
  source: 'first step of TA-Lib ULTOSC',
  inputs: ['low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: low, 1: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = close[i] - Math.min(low[i], close[i - 1]);
  },
  instruction: { name: 'buying_pressure' },
});
