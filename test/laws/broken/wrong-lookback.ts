import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** Has its first value one row later than it declares. */
export const wrongLookback = operator({
  name: 'wrong_lookback',
  family: 'broken',
  version: 1,
  summary: 'Has its first value one row later than it declares',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n + 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (let k = i - n; k <= i; k++) sum += x[k];
      out[i] = sum;
    }
  },
});
