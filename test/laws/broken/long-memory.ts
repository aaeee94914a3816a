import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** A difference that declares a row more than it reads. */
export const longMemory = operator({
  name: 'long_memory',
  family: 'broken',
  version: 1,
  summary: 'A difference that declares a row more than it reads',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 2 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - n];
  },
});
