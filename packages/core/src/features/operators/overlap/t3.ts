import { composite, fadingMemory, period } from '../../contract/operator.ts';

/** `ema` taken so many times over. */
function nested(times: number): string {
  return times === 0 ? 'x' : `ema(${nested(times - 1)}, period)`;
}

/**
 * Tillson's T3: a double exponential average with part of the correction, `(1 + v) * e - v * ema(e)`, taken three times
 * over. As in TA-Lib each of the six exponential averages in it is seeded by the one before.
 *
 * Cost: that of six `ema`, of which the inner ones are shared with `dema` and `tema`, and 3 ns.
 */
export const t3 = composite({
  name: 't3',
  family: 'overlap',
  version: 1,
  summary: 'Tillson T3 moving average',
  formula: 'gd(gd(gd(x))) with gd(x) = (1 + vfactor) * ema(x, period) - vfactor * ema(ema(x, period), period)',
  source: 'Tillson: Smoothing Techniques for More Accurate Signals (1998); TA-Lib T3',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    period(2),
    { name: 'vfactor', min: 0, max: 1, integer: false, default: 0.7, meaning: 'how much of the lag is taken out' },
  ],
  lookback: ([n]) => 6 * n - 6,
  memory: ([n], tolerance) => fadingMemory(2 / (n + 1), 6 * n - 5, tolerance, 6),
  nan: 'skip',
  expand: [`t3_blend(${nested(3)}, ${nested(4)}, ${nested(5)}, ${nested(6)}, vfactor)`],
});
