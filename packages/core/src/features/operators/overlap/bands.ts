import { operator } from '../../contract/operator.ts';

const deviations = (name: string) =>
  ({ name, min: -1e9, max: 1e9, integer: false, meaning: 'standard deviations from the middle' }) as const;

/**
 * Two lines around a middle, so many standard deviations away.
 *
 * Cost: 3 ns a row.
 */
export const bands = operator({
  name: 'bands',
  family: 'overlap',
  version: 1,
  summary: 'Bands around a middle line, from a variance',
  formula: 'upper = middle + up * sqrt(variance); lower = middle - down * sqrt(variance)',
  source: 'last step of TA-Lib BBANDS',
  inputs: ['middle', 'variance'],
  outputs: ['upper', 'lower'],
  params: [deviations('up'), deviations('down')],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'the variance is negative',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: middle, 1: variance }, out: { 0: upper, 1: lower }, params: { 0: up, 1: down } }, from, to) => {
    for (let i = from; i < to; i++) {
      const deviation = Math.sqrt(variance[i]);
      upper[i] = middle[i] + up * deviation;
      lower[i] = middle[i] - down * deviation;
    }
  },
  instruction: { name: 'bands' },
});
