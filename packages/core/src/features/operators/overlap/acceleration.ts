import { operator } from '../../contract/operator.ts';

/** TA-Lib takes a price below this for none. */
const NO_PRICE = 1e-14;

/**
 * High and low of a bar, moved apart by four times its range relative to twice its middle; what `accbands` averages.
 *
 * Cost: 3 ns a row.
 */
export const acceleration = operator({
  name: 'acceleration',
  family: 'overlap',
  version: 1,
  summary: 'High and low widened by the range of the bar',
  formula: 'upper = high * (1 + w); lower = low * (1 - w) with w = 4 * (high - low) / (high + low)',
  source: 'inner part of TA-Lib ACCBANDS',
  inputs: ['high', 'low'],
  outputs: ['upper', 'lower'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low }, out: { 0: upper, 1: lower } }, from, to) => {
    for (let i = from; i < to; i++) {
      const total = high[i] + low[i];
      const width = Math.abs(total) < NO_PRICE ? 0 : (4 * (high[i] - low[i])) / total;
      upper[i] = high[i] * (1 + width);
      lower[i] = low[i] * (1 - width);
    }
  },
});
