import { composite, period } from '../../contract/operator.ts';

/**
 * Slope of the least-squares line as an angle; it depends on the unit of x.
 *
 * Cost: that of `linear_fit`, which is shared with its kin.
 */
export const linearregAngle = composite({
  name: 'linearreg_angle',
  family: 'statistic',
  version: 1,
  summary: 'Angle of the least-squares line in degrees',
  formula: 'atan(slope) * 180 / pi',
  source: 'TA-Lib LINEARREG_ANGLE',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['slope_angle(linear_fit(x, period).slope)'],
});
