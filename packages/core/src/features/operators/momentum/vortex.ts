import { composite, period } from '../../contract/operator.ts';

const RANGE = 'rolling_sum(trange(high, low, close), period)';

/**
 * Vortex: how far highs reach above the lows before them, and lows below the highs before them, each as a share of the true range. Both 0
 * in a window without range.
 *
 * Cost: that of three window sums, about 40 ns a row.
 */
export const vortex = composite({
  name: 'vortex',
  family: 'momentum',
  version: 1,
  summary: 'Vortex, plus and minus',
  formula:
    'plus_vi = sum(|high[i] - low[i-1]|) / sum(trange); minus_vi = sum(|low[i] - high[i-1]|) / sum(trange), over period rows',
  source: 'Botes, Siepman: The Vortex Indicator (Stocks & Commodities, 2010); TA-Lib VORTEX',
  inputs: ['high', 'low', 'close'],
  outputs: ['plus_vi', 'minus_vi'],
  params: [period(1)],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'the range is so small or so large that the quotient is not finite',
  expand: [
    `quotient(rolling_sum(abs(high - lag(low, 1)), period), ${RANGE}, 0)`,
    `quotient(rolling_sum(abs(low - lag(high, 1)), period), ${RANGE}, 0)`,
  ],
});
