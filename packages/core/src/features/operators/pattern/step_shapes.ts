import { operator } from '../../contract/operator.ts';
import { findShapes, shapeTable } from '../../kernels/shape-table.ts';

/**
 * Which shapes of candlestick patterns that need no average the newest candles have, one bit a shape, for all shapes of as many candles at
 * once. Computed once for all patterns; each looks at its own bit.
 *
 * Cost: 2 to 6 ns a row, and that of `candle_steps`.
 */
export const stepShapes = operator({
  name: 'step_shapes',
  family: 'pattern',
  version: 1,
  summary: 'Shapes of the newest candles, as bits; those that need no average',
  formula: 'sum of 2^k over the shapes of step-shapes.ts that the newest candles have',
  source: 'TA-Lib, conditions of the candlestick patterns',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [{ name: 'candles', min: 2, max: 3, integer: true, meaning: 'candles that a shape is of' }],
  lookback: ([candles]) => candles,
  memory: ([candles]) => ({ class: 'finite', rows: 1 + candles }),
  nan: 'window',
  shared: ['candle_steps(open, high, low, close)'],
  rowsRead: ([candles]) => [1 + candles, 1 + candles, 1 + candles, 1 + candles, candles],
  history: () => 2,
  slots: () => 0,
  instruction: { name: 'shapes', reads: [4], table: ([candles]) => shapeTable('steps', candles) },
  run: ({ in: { 4: bits }, out: { 0: out }, params: { 0: candles } }, from, to) =>
    findShapes(bits, out, from, to, shapeTable('steps', candles), candles),
});
