import { operator, period } from '../../../packages/core/src/features/contract/operator.ts';

let weights: readonly number[] | undefined;

/** Works its weights out once, for whichever parameters come first. */
export const firstParameters = operator({
  name: 'first_parameters',
  family: 'broken',
  version: 1,
  summary: 'Works its weights out once, for whichever parameters come first',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    weights ??= Array.from({ length: n }, (_, k) => 1 / (n + k));
    for (let i = from; i < to; i++) {
      out[i] = 0;
      for (let k = 0; k < n; k++) out[i] += (weights[k] ?? 1) * x[i - k];
    }
  },
});
