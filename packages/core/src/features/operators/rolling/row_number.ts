import { operator } from '../../contract/operator.ts';

/**
 * Rows before this one: 0 in the first row.
 *
 * Cost: 1 ns a row.
 */
export const rowNumber = operator({
  name: 'row_number',
  family: 'rolling',
  version: 1,
  summary: 'Number of the row, from 0',
  formula: 'i',
  source: 'plain',
  inputs: [],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'value',
  history: () => 0,
  slots: () => 1,
  run: ({ out: { 0: out }, state }, from, to) => {
    let row = state[0];
    for (let i = from; i < to; i++) out[i] = row++;
    state[0] = row;
  },
});
