import { composite, period } from '../../contract/operator.ts';

/**
 * Variance of the window from products of adjacent absolute returns, which a single jump hardly moves; realized variance less this is the jumps.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const bipowerVariation = composite({
  name: 'bipower_variation',
  family: 'volatility',
  version: 1,
  summary: 'Bipower variation of the window',
  formula: 'pi / 2 * sum of |r[i]| |r[i-1]| over period pairs, r: log returns',
  source: 'Barndorff-Nielsen, Shephard: Power and Bipower Variation with Stochastic Volatility and Jumps (2004)',
  inputs: ['close'],
  outputs: ['value'],
  params: [period(1, 'pairs of adjacent returns in the window')],
  lookback: ([n]) => n + 1,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive',
  expand: ['1.5707963267948966 * rolling_sum(abs(log_return(close)) * lag(abs(log_return(close)), 1), period)'],
});
