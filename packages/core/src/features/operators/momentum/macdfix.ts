import { composite, fadingMemory, period } from '../../contract/operator.ts';
import { ma } from '../overlap/ma.ts';
import { chainedMemory } from '../../contract/memory.ts';

const SIGNAL = 'ma(macd_fixed_line(x), signal, 1)';

/**
 * MACD as Appel had it, 12 and 26 rows with the smoothing constants 0.15 and 0.075: a little off `macd(x, 12, 26, signal)`.
 * All outputs begin with the signal.
 *
 * Cost: that of `macd_fixed_line` and 6 ns.
 */
export const macdfix = composite({
  name: 'macdfix',
  family: 'momentum',
  version: 1,
  summary: 'MACD of 12 and 26 rows with fixed constants, its signal line and their difference',
  formula: 'macdfix = fast - slow; macdfix_signal = ema(macdfix, signal); macdfix_hist = macdfix - macdfix_signal',
  source: 'Appel: The Moving Average Convergence Divergence Method (1979); TA-Lib MACDFIX',
  inputs: ['x'],
  outputs: ['macdfix', 'macdfix_signal', 'macdfix_hist'],
  params: [period(1, 'rows of the signal average', 'signal')],
  lookback: ([signal]) => 24 + signal,
  memory: ([signal], tolerance) => chainedMemory(ma.memory([signal, 1], tolerance), fadingMemory(0.075, 26, tolerance)),
  nan: 'window',
  expand: [`valid(macd_fixed_line(x), ${SIGNAL})`, SIGNAL, `macd_fixed_line(x) - ${SIGNAL}`],
});
