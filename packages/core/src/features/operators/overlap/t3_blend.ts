import { operator } from '../../contract/operator.ts';

/**
 * Tillson's blend of an exponential average taken three, four, five and six times over; the last step of `t3`.
 *
 * Cost: 3 ns a row.
 */
export const t3Blend = operator({
  name: 't3_blend',
  family: 'overlap',
  version: 1,
  summary: 'Blend of repeated exponential averages',
  formula: '(1 + v)^3 * e3 - 3 * v * (1 + v)^2 * e4 + 3 * v^2 * (1 + v) * e5 - v^3 * e6 with v = vfactor',
  source: 'last step of TA-Lib T3',
  inputs: ['e3', 'e4', 'e5', 'e6'],
  outputs: ['value'],
  params: [{ name: 'vfactor', min: 0, max: 1, integer: false, meaning: 'how much of the lag is taken out' }],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: e3, 1: e4, 2: e5, 3: e6 }, out: { 0: out }, params: { 0: v } }, from, to) => {
    const c6 = -v * v * v;
    const c5 = 3 * (v * v - c6);
    const c4 = -6 * v * v - 3 * (v - c6);
    const c3 = 1 + 3 * v - c6 + 3 * v * v;
    for (let i = from; i < to; i++) out[i] = c6 * e6[i] + c5 * e5[i] + c4 * e4[i] + c3 * e3[i];
  },
});
