import { operator } from '../../contract/operator.ts';

/**
 * True range: the bar's range, widened to reach the close before.
 *
 * Cost: 2 ns a row.
 */
export const trange = operator({
  name: 'trange',
  family: 'volatility',
  version: 1,
  summary: 'True range',
  formula: 'max(high[i] - low[i], |close[i-1] - high[i]|, |close[i-1] - low[i]|)',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib TRANGE',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'finite', rows: 2 }),
  nan: 'window',
  history: () => 1,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low, 2: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const last = close[i - 1];
      const range = high[i] - low[i];
      const up = Math.abs(high[i] - last);
      const down = Math.abs(low[i] - last);
      out[i] = Math.max(range, up, down);
    }
  },
  instruction: { name: 'trange' },
});
