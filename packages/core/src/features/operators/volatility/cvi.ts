import { composite, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { ema } from '../overlap/ema.ts';

/**
 * Chaikin volatility: change of the average range in percent; 0 where the older average is 0.
 *
 * Cost: that of `ema` and `rocp`.
 */
export const cvi = composite({
  name: 'cvi',
  family: 'volatility',
  version: 1,
  summary: 'Chaikin volatility',
  formula: '100 * rocp(ema(high - low, period), roc_period)',
  source: 'Chaikin; TA-Lib CVI',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [period(2, 'rows of the average'), period(1, 'rows between the two averages', 'roc_period')],
  lookback: ([n, rows]) => n - 1 + rows,
  memory: ([n, rows], tolerance) => chainedMemory({ class: 'finite', rows: rows + 1 }, ema.memory([n], tolerance)),
  nan: 'window',
  undefinedWhen: 'the older average is so small that the quotient is not finite',
  expand: ['100 * rocp(ema(high - low, period), roc_period)'],
});
