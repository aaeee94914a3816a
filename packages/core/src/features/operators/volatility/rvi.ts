import { composite, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { averagedShare } from './averaged_share.ts';

const SPREAD = 'stddev(x, stddev_period)';

/**
 * Relative volatility index: the standard deviation of rising rows as a share in percent of that of all moving rows, averaged as `rsi` does
 * it. 50 where nothing has moved yet; while x stands still the index does too, but with a period of 1, where it is 50.
 *
 * Cost: that of `stddev`, shared, and of `averaged_share`.
 */
export const rvi = composite({
  name: 'rvi',
  family: 'volatility',
  version: 1,
  summary: 'Relative volatility index, 0 to 100',
  formula:
    '100 * rma(up, period) / (rma(up, period) + rma(down, period)), up = stddev(x, stddev_period) where x rose, down where it fell, else 0',
  source: 'Dorsey (Stocks & Commodities, 1993); TA-Lib RVI',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows of the average'), period(2, 'rows of the standard deviation', 'stddev_period')],
  lookback: ([n, rows]) => n + rows - 2,
  memory: ([n, rows], tolerance) => chainedMemory(averagedShare.memory([n], tolerance), { class: 'finite', rows }),
  nan: 'window',
  expand: [`100 * averaged_share((diff(x, 1) > 0) * ${SPREAD}, (diff(x, 1) != 0) * ${SPREAD}, period)`],
});
