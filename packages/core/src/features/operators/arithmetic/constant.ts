import { operator } from '../../contract/operator.ts';

/** A number in an expression, as a column. */
export const constant = operator({
  name: 'constant',
  family: 'arithmetic',
  version: 1,
  summary: 'The same number in every row',
  formula: 'number',
  source: 'plain',
  inputs: [],
  outputs: ['value'],
  params: [{ name: 'number', min: -Number.MAX_VALUE, max: Number.MAX_VALUE, integer: false, meaning: 'the number' }],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'value',
  history: () => 0,
  slots: () => 0,
  run: ({ out: { 0: out }, params: { 0: value } }, from, to) => {
    // Not fill: a call of it costs more than all else of a row that comes alone.
    for (let i = from; i < to; i++) out[i] = value;
  },
  instruction: { name: 'constant' },
});
