import { atan } from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/** Degrees in a radian. */
const DEGREES = 180 / Math.PI;

/**
 * Angle of a slope in degrees.
 *
 * Cost: 6 ns a row.
 */
export const slopeAngle = operator({
  name: 'slope_angle',
  family: 'statistic',
  version: 1,
  summary: 'Angle of a slope in degrees',
  formula: 'atan(x) * 180 / pi',
  source: 'last step of TA-Lib LINEARREG_ANGLE',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = atan(x[i]) * DEGREES;
  },
});
