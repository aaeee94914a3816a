import { operator, period } from '../../contract/operator.ts';

/**
 * The value n rows before. A negative n would look ahead and is refused.
 *
 * Cost: 2 ns a row.
 */
export const lag = operator({
  name: 'lag',
  family: 'transform',
  version: 1,
  summary: 'Value n rows before',
  formula: 'x[i-n]',
  source: 'pandas Series.shift',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(0, 'rows back', 'n')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i - n];
  },
  instruction: { name: 'lag' },
});
