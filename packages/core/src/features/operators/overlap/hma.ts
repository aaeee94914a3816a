import { composite, period } from '../../contract/operator.ts';

const root = (n: number): number => Math.floor(Math.sqrt(n));

/**
 * Hull moving average: what twice a weighted average over half the rows is ahead of one over all of them, weighted once more. Half and root are
 * cut to whole numbers, as Hull has them. A period of 1 is the value itself.
 *
 * Cost: that of three `wma`.
 */
export const hma = composite({
  name: 'hma',
  family: 'overlap',
  version: 1,
  summary: 'Hull moving average',
  formula: 'wma(2 * wma(x, floor(period / 2)) - wma(x, period), floor(sqrt(period)))',
  source: 'Hull (2005); TA-Lib HMA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n + root(n) - 2,
  memory: ([n]) => ({ class: 'finite', rows: n + root(n) - 1 }),
  nan: 'window',
  expand: ([n]) => [n === 1 ? 'x' : `wma(2 * wma(x, ${n >> 1}) - wma(x, period), ${root(n)})`],
});
