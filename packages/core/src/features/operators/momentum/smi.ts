import { composite, period } from '../../contract/operator.ts';
import { chainedMemory } from '../../contract/memory.ts';
import { ma } from '../overlap/ma.ts';
import { smoothedShare } from './smoothed_share.ts';

const RANGE = 'max(high, period) - min(low, period)';
/** Rounded, the middle may be further from an end than half the range is. */
const INDEX = `clip(200 * smoothed_share(close - midprice(high, low, period), ${RANGE}, slow, fast), -100, 100)`;

/**
 * Stochastic momentum index: the distance of the close from the middle of the range of the window, and half that range, each averaged
 * twice, as a share in percent; and the average of that. 0 where no bar has had a range yet. Both outputs begin with the signal.
 *
 * Cost: that of `max`, `min`, `smoothed_share` and an average, about 40 ns a row.
 */
export const smi = composite({
  name: 'smi',
  family: 'momentum',
  version: 1,
  summary: 'Stochastic momentum index and its signal, -100 to 100',
  formula:
    'smi = 100 * ema(ema(close - (top + bottom) / 2, slow), fast) / (ema(ema(top - bottom, slow), fast) / 2), top and bottom over period rows; signal = ema(smi, signal)',
  source: 'Blau: Momentum, Direction and Divergence (1995); TA-Lib SMI',
  inputs: ['high', 'low', 'close'],
  outputs: ['smi', 'smi_signal'],
  params: [
    period(2, 'rows of the range'),
    period(2, 'rows of the second average', 'fast'),
    period(2, 'rows of the first average', 'slow'),
    period(2, 'rows of the average of the index', 'signal'),
  ],
  lookback: ([n, fast, slow, signal]) => n + fast + slow + signal - 4,
  memory: ([n, fast, slow, signal], tolerance) =>
    chainedMemory(ma.memory([signal, 1], tolerance), smoothedShare.memory([slow, fast], tolerance), {
      class: 'finite',
      rows: n,
    }),
  nan: 'window',
  expand: [`valid(${INDEX}, ema(${INDEX}, signal))`, `ema(${INDEX}, signal)`],
});
