import { operator, period } from '../../contract/operator.ts';

/**
 * An age as what is left of the period, in percent.
 *
 * Cost: 1 ns a row.
 */
export const aroonShare = operator({
  name: 'aroon_share',
  family: 'momentum',
  version: 1,
  summary: 'What an age leaves of the period, in percent',
  formula: '100 * (period - age) / period',
  source: 'last step of TA-Lib AROON',
  inputs: ['age'],
  outputs: ['value'],
  params: [period(1, 'rows of the whole')],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: age }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (100 * (n - age[i])) / n;
  },
});
