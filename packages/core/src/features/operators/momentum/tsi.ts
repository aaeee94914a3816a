import { composite, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { smoothedShare } from './smoothed_share.ts';

/**
 * True strength index: change averaged twice, as a share in percent of its size averaged alike. 0 where nothing has moved yet.
 *
 * Cost: that of `smoothed_share` and 8 ns.
 */
export const tsi = composite({
  name: 'tsi',
  family: 'momentum',
  version: 1,
  summary: 'True strength index, -100 to 100',
  formula: '100 * ema(ema(d, first), second) / ema(ema(|d|, first), second) with d = x[i] - x[i-1]',
  source: 'Blau: Momentum, Direction and Divergence (1995); TA-Lib TSI',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the first average', 'first'), period(2, 'rows of the second average', 'second')],
  lookback: ([first, second]) => first + second - 1,
  memory: ([first, second], tolerance) =>
    chainedMemory(smoothedShare.memory([first, second], tolerance), { class: 'finite', rows: 2 }),
  nan: 'window',
  expand: ['100 * smoothed_share(diff(x, 1), abs(diff(x, 1)), first, second)'],
});
