import { composite, period } from '../../contract/operator.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';
import { stoch } from './stoch.ts';

const LINES = 'stoch(high, low, close, fastk, slowk, slowd, slowk_matype, slowd_matype)';

/**
 * Stochastic of three lines: %K, %D, and what %K is ahead of %D, three times over. Both averages are Wilder's unless their types say
 * otherwise; all outputs begin with the second average.
 *
 * Cost: that of `stoch`, which is shared, and 8 ns.
 */
export const kdj = composite({
  name: 'kdj',
  family: 'momentum',
  version: 1,
  summary: 'Stochastic %K, %D and %J',
  formula:
    'kdj_k, kdj_d = stoch(high, low, close, fastk, slowk, slowd, slowk_matype, slowd_matype); kdj_j = 3 * kdj_k - 2 * kdj_d',
  source: 'TA-Lib KDJ',
  inputs: ['high', 'low', 'close'],
  outputs: ['kdj_k', 'kdj_d', 'kdj_j'],
  params: [
    period(1, 'rows of the range', 'fastk'),
    period(1, 'rows averaged for kdj_k', 'slowk'),
    period(1, 'rows averaged for kdj_d', 'slowd'),
    { ...averageType('slowk_matype'), default: 13 },
    { ...averageType('slowd_matype'), default: 13 },
  ],
  lookback: stoch.lookback,
  memory: stoch.memory,
  nan: 'window',
  check: ([, , , k, d]) => checkTypes(k, d),
  expand: [`${LINES}.stoch_k`, `${LINES}.stoch_d`, `3 * ${LINES}.stoch_k - 2 * ${LINES}.stoch_d`],
});
