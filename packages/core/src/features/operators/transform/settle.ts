import { operator, period } from '../../contract/operator.ts';

/**
 * The value, but for the first rows: they are NaN while what is computed from the value settles, or begins later.
 *
 * Cost: 2 ns a row.
 */
export const settle = operator({
  name: 'settle',
  family: 'transform',
  version: 1,
  summary: 'Value without its first rows',
  formula: 'x[i] once there were rows values before it',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(0, 'values left out', 'rows')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'skip',
  history: () => 0,
  slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    let seen = state[0];
    for (let i = from; i < to; i++) {
      out[i] = seen < n ? NaN : x[i];
      if (seen < n && x[i] === x[i]) seen++;
    }
    state[0] = seen;
  },
  instruction: { name: 'settle' },
});
