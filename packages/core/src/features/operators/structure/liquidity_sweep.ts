import { composite, period } from '../../contract/operator.ts';

/**
 * Flags of a bar that trades beyond the extreme of the bars before it and closes back inside.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const liquiditySweep = composite({
  name: 'liquidity_sweep',
  family: 'structure',
  version: 1,
  summary: 'Sweep of the highs or lows of the bars before',
  formula: 'high_swept: high above the highest high of the period bars before, close below it; low_swept: mirrored',
  source: 'plain',
  inputs: ['high', 'low', 'close'],
  outputs: ['high_swept', 'low_swept'],
  params: [period(1, 'bars before the current one')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  expand: [
    'high > lag(max(high, period), 1) and close < lag(max(high, period), 1)',
    'low < lag(min(low, period), 1) and close > lag(min(low, period), 1)',
  ],
});
