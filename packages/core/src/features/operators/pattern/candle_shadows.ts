import { operator } from '../../contract/operator.ts';

/** Open and close of a row: read by a comparison's outcome instead of chosen by a branch that nothing could predict. */
const ENDS = new Float64Array(2);

/**
 * Both shadows of a candle together, as the candlestick patterns average them.
 *
 * Cost: 3 ns a row.
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
      const rises = +(close[i] >= open[i]);
      ENDS[0] = open[i];
      ENDS[1] = close[i];
      out[i] = high[i] - ENDS[rises] + (ENDS[1 - rises] - low[i]);
    }
  },
  instruction: { name: 'candle_shadows' },
});
