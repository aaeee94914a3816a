import { composite, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { ma } from '../overlap/ma.ts';

/**
 * Force index: change of the close times volume, averaged. A period of 1 is not averaged.
 *
 * Cost: that of `ema` and 6 ns.
 */
export const efi = composite({
  name: 'efi',
  family: 'volume',
  version: 1,
  summary: "Elder's force index",
  formula: 'ema((close[i] - close[i-1]) * volume[i], period)',
  source: 'Elder: Trading for a Living (1993); TA-Lib EFI',
  inputs: ['close', 'volume'],
  outputs: ['value'],
  params: [period(1, 'rows of the average')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => chainedMemory(ma.memory([n, 1], tolerance), { class: 'finite', rows: 2 }),
  nan: 'window',
  expand: ['ma(diff(close, 1) * volume, period, 1)'],
});
