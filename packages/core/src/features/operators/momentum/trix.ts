import { composite, period } from '../../contract/operator.ts';
import { ma } from '../overlap/ma.ts';
import { chainedMemory } from '../../contract/memory.ts';

/**
 * Change of a triple exponential average from row to row, in percent; 0 where the average was 0. A row with NaN is not
 * averaged, and neither it nor the next has a value.
 *
 * Cost: that of three `ema` and 1 ns.
 */
export const trix = composite({
  name: 'trix',
  family: 'momentum',
  version: 1,
  summary: 'Rate of change of a triple exponential average, in percent',
  formula: 'roc(ema(ema(ema(x, period), period), period), 1)',
  source: 'Hutson: Good Trix (Stocks & Commodities, 1983); TA-Lib TRIX',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows of each average')],
  lookback: ([n]) => 3 * n - 2,
  memory: ([n], tolerance) => {
    const one = ma.memory([n, 1], tolerance);
    return chainedMemory(one, one, one, { class: 'finite', rows: 2 });
  },
  nan: 'window',
  expand: ['roc(ma(ma(ma(x, period, 1), period, 1), period, 1), 1)'],
});
