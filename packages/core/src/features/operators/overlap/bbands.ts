import { composite, period, type Memory } from '../../contract/operator.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';
import { ma } from './ma.ts';

const deviations = (name: string, meaning: string) => ({ name, min: -1e9, max: 1e9, integer: false, meaning }) as const;

/** The deviation reads the window alone, and no average of the period reads less. */
function memory([n, , , type]: readonly number[], tolerance: number): Memory {
  const average = ma.memory([n, type], tolerance);
  return average.class === 'unbounded' ? average : { ...average, rows: Math.max(average.rows, n) };
}

/**
 * Bollinger bands around a moving average, the simple one unless `matype` says another, with the population standard
 * deviation; all outputs begin in the same row.
 *
 * Cost: that of the average and `var(x, period)`, both shared, and 3 ns.
 */
export const bbands = composite({
  name: 'bbands',
  family: 'overlap',
  version: 1,
  summary: 'Bollinger bands',
  formula:
    'middle = ma(x, period, matype); upper = middle + up * stddev(x, period); lower = middle - down * stddev(x, period)',
  source: 'Bollinger on Bollinger Bands (2001); TA-Lib BBANDS',
  inputs: ['x'],
  outputs: ['upper', 'middle', 'lower'],
  params: [
    period(2),
    deviations('up', 'standard deviations from the middle to the upper band'),
    deviations('down', 'standard deviations from the middle to the lower band'),
    { ...averageType(), default: 0 },
  ],
  lookback: ([n, , , type]) => Math.max(ma.lookback([n, type]), n - 1),
  memory,
  nan: 'window',
  check: ([, , , type]) => checkTypes(type),
  expand: ([n, , , type]) => {
    const average = 'ma(x, period, matype)';
    // Mama begins in row 32 whatever the period.
    const middle = ma.lookback([n, type]) < n - 1 ? `valid(${average}, var(x, period))` : average;
    const lines = `bands(${average}, var(x, period), up, down)`;
    return [`${lines}.upper`, middle, `${lines}.lower`];
  },
});
