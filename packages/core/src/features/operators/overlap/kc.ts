import { composite, period, type Memory } from '../../contract/operator.ts';
import { chainedMemory, longerMemory } from '../../contract/memory.ts';
import { atr } from '../volatility/atr.ts';
import { ema } from './ema.ts';

const first = ([n, rows]: readonly number[]): number => Math.max(n - 1, rows);

/** `column` without the values that the average of an own lookback passes over: both averages are seeded to begin in the same row. */
function late(column: string, own: number, params: readonly number[]): string {
  const left = first(params) - own;
  return left === 0 ? column : `settle(${column}, ${left})`;
}

function memory(params: readonly number[], tolerance: number): Memory {
  const [n, rows] = params;
  const after = (own: number): Memory => ({ class: 'finite', rows: first(params) - own + 1 });
  return longerMemory(
    chainedMemory(ema.memory([n], tolerance), after(n - 1)),
    chainedMemory(atr.memory([rows], tolerance), after(rows)),
  );
}

/**
 * Keltner channel: the exponential average of the typical price, and multiples of the average true range above and below it. As in TA-Lib
 * the average that would begin first is seeded late, so that both begin in the same row.
 *
 * Cost: that of `ema` and `atr`, and 10 ns.
 */
export const kc = composite({
  name: 'kc',
  family: 'overlap',
  version: 1,
  summary: 'Keltner channel',
  formula: 'middle = ema(typprice, period); upper, lower = middle +- nbdev * atr(atr_period)',
  source: 'Keltner: How to Make Money in Commodities (1960); TA-Lib KC',
  inputs: ['high', 'low', 'close'],
  outputs: ['upper', 'middle', 'lower'],
  params: [
    period(2, 'rows of the middle'),
    period(1, 'rows of the average true range', 'atr_period'),
    { name: 'nbdev', min: -1e9, max: 1e9, integer: false, meaning: 'average true ranges from the middle to a band' },
  ],
  lookback: first,
  memory,
  nan: 'window',
  expand: (params) => {
    const [n, rows] = params;
    const middle = `ema(${late('typprice(high, low, close)', n - 1, params)}, period)`;
    const width = `nbdev * atr(${late('high', rows, params)}, low, close, atr_period)`;
    return [`${middle} + ${width}`, `valid(${middle}, ${width})`, `${middle} - ${width}`];
  },
});
