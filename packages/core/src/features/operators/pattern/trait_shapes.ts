import { operator } from '../../contract/operator.ts';
import { findShapes, shapeTable } from '../../kernels/shape-table.ts';

/**
 * Which shapes of candlestick patterns that need averages the newest candles have, one bit a shape, for all shapes of as many candles at
 * once. Computed once for all patterns; each looks at its own bit.
 *
 * Cost: 2 to 6 ns a row, and that of `candle_traits`.
 */
export const traitShapes = operator({
  name: 'trait_shapes',
  family: 'pattern',
  version: 1,
  summary: 'Shapes of the newest candles, as bits; those that need averages',
  formula: 'sum of 2^k over the shapes of trait-shapes.ts that the newest candles have',
  source: 'TA-Lib, conditions of the candlestick patterns',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [{ name: 'candles', min: 1, max: 3, integer: true, meaning: 'candles that a shape is of' }],
  lookback: ([candles]) => 9 + candles,
  memory: ([candles]) => ({ class: 'finite', rows: 10 + candles }),
  nan: 'window',
  shared: ['candle_traits(open, high, low, close)'],
  rowsRead: ([candles]) => [10 + candles, 10 + candles, 10 + candles, 10 + candles, candles],
  history: () => 2,
  slots: () => 0,
  instruction: { name: 'shapes', reads: [4], table: ([candles]) => shapeTable('traits', candles) },
  run: ({ in: { 4: bits }, out: { 0: out }, params: { 0: candles } }, from, to) =>
    findShapes(bits, out, from, to, shapeTable('traits', candles), candles),
});
