import { composite, period } from '../../contract/operator.ts';

const BAND = 'trailing_band(medprice(high, low), close, atr(high, low, close, period), multiplier)';

/**
 * SuperTrend: a band of average true ranges around the middle price that moves with the trend only, and on which side it is. It is begun
 * with a rising trend, so what is before the first turn depends on where it starts.
 *
 * Cost: that of `atr`, shared, and of `trailing_band`.
 */
export const supertrend = composite({
  name: 'supertrend',
  family: 'overlap',
  version: 1,
  summary: 'SuperTrend line, and trend: 1 below the price, -1 above it',
  formula: 'trailing_band((high + low) / 2, close, atr(period), multiplier)',
  source: 'Seban; TA-Lib SUPERTREND',
  inputs: ['high', 'low', 'close'],
  outputs: ['supertrend', 'trend'],
  params: [
    period(2, 'rows of the average true range'),
    {
      name: 'multiplier',
      min: 0,
      max: 1e9,
      integer: false,
      meaning: 'average true ranges from the middle price to the band',
    },
  ],
  lookback: ([n]) => n,
  memory: () => ({ class: 'unbounded' }),
  nan: 'window',
  expand: [`${BAND}.band`, `${BAND}.side`],
});
