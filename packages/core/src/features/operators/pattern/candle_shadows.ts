import { operator } from '../../contract/operator.ts';

/**
 * Both shadows of a candle together, as the candlestick patterns average them.
 *
 * Cost: 1 ns a row.
 */
export const candleShadows = operator({
  name: 'candle_shadows',
  family: 'pattern',
  version: 1,
  summary: 'Upper and lower shadow of a candle together',
  formula: '(high - max(open, close)) + (min(open, close) - low)',
  source: 'TA-Lib, candle setting ShadowShort',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: open, 1: high, 2: low, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const rises = close[i] >= open[i];
      out[i] = high[i] - (rises ? close[i] : open[i]) + ((rises ? open[i] : close[i]) - low[i]);
    }
  },
});
