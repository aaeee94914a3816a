import { composite, period } from '../../contract/operator.ts';

/**
 * Root of the sum of squared log returns: the volatility of the whole window, not of a bar.
 *
 * Cost: that of its parts, which are shared with every other use.
 */
export const realizedVolatility = composite({
  name: 'realized_volatility',
  family: 'volatility',
  version: 1,
  summary: 'Realized volatility of the window',
  formula: 'sqrt(sum of log(close[i] / close[i-1])^2 over period returns)',
  source: 'Andersen, Bollerslev: Answering the Skeptics (1998)',
  inputs: ['close'],
  outputs: ['value'],
  params: [period(1, 'returns in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  undefinedWhen: 'a price is not positive',
  expand: ['sqrt(rolling_sum(log_return(close) * log_return(close), period))'],
});
