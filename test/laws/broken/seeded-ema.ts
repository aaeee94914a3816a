import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

/** An exponential average from the first row on, which never forgets it and says it is finite. */
export const seededEma = operator({
  name: 'seeded_ema',
  family: 'broken',
  version: 1,
  summary: 'An exponential average from the first row on, which never forgets it and says it is finite',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: () => 0,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (x[i] !== x[i]) continue;
      state[1] = state[0] === 0 ? x[i] : state[1] + (2 / (n + 1)) * (x[i] - state[1]);
      state[0] = 1;
      out[i] = state[1];
    }
  },
});
