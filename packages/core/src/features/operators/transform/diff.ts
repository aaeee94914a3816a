import { operator, period } from '../../contract/operator.ts';

/**
 * Change since n rows before.
 *
 * Cost: 2 ns a row.
 */
export const diff = operator({
  name: 'diff',
  family: 'transform',
  version: 1,
  summary: 'Change over n rows',
  formula: 'x[i] - x[i-n]',
  source: 'pandas Series.diff',
  inputs: ['x'],
  outputs: ['value'],
  params: [{ ...period(1, 'rows back', 'n'), default: 1 }],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - n];
  },
});
