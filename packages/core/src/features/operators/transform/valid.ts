import { operator } from '../../contract/operator.ts';

/**
 * `x` where `y` has a value: lets the outputs of an arrangement begin at the same row.
 *
 * Cost: 1 ns a row.
 */
export const valid = operator({
  name: 'valid',
  family: 'transform',
  version: 1,
  summary: 'x where y has a value, NaN elsewhere',
  formula: 'x if y is not NaN, else NaN',
  source: 'own',
  inputs: ['x', 'y'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x, 1: y }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = y[i] === y[i] ? x[i] : NaN;
  },
  instruction: { name: 'valid' },
});
