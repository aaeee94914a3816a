import { operator } from '../../contract/operator.ts';

/**
 * Greatest whole number that is not above the value.
 *
 * Cost: 1 ns a row.
 */
export const floor = operator({
  name: 'floor',
  family: 'transform',
  version: 1,
  summary: 'Rounded down',
  formula: 'floor(x[i])',
  source: 'TA-Lib FLOOR',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = Math.floor(x[i]);
  },
});
