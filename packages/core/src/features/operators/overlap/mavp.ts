import { composite, period, type Memory } from '../../contract/operator.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';
import { ma } from './ma.ts';

/** Each period is an average of its own. */
const MOST_PERIODS = 200;

/** Values before the first that the average of `n` rows sees: all begin to give values in the same row, as in TA-Lib. */
function leftOut(n: number, longest: number, kind: number): number {
  return ma.lookback([longest, kind]) - ma.lookback([n, kind]);
}

/** Chooses among the averages of `first` to `last` rows by halves. */
function choice(first: number, last: number, longest: number, kind: number): string {
  if (first === last) {
    const left = leftOut(first, longest, kind);
    return `ma(${left === 0 ? 'x' : `settle(x, ${left})`}, ${first}, ${kind})`;
  }
  const middle = Math.ceil((first + last) / 2);
  return `where(floor(periods) < ${middle}, ${choice(first, middle - 1, longest, kind)}, ${choice(middle, last, longest, kind)})`;
}

/** The longest of the memories of the averages. */
function longestMemory([first, last, kind]: readonly number[], tolerance: number): Memory {
  let memory = ma.memory([last, kind], tolerance);
  for (let n = first; n < last && memory.class !== 'unbounded'; n++) {
    const other = ma.memory([n, kind], tolerance);
    if (other.class !== 'unbounded') {
      memory = { ...memory, rows: Math.max(memory.rows, other.rows + leftOut(n, last, kind)) };
    }
  }
  return memory;
}

/**
 * Moving average whose period is given row by row, cut to whole rows and to the least and greatest period. The average of each
 * period runs all along, and the row chooses; as in TA-Lib all of them begin to give values in the same row.
 *
 * Cost: that of `ma` and 20 ns for each possible period.
 */
export const mavp = composite({
  name: 'mavp',
  family: 'overlap',
  version: 1,
  summary: 'Moving average with a variable period',
  formula: 'ma(x, p, matype) with p = periods[i], cut to whole rows, min_period to max_period',
  source: 'TA-Lib MAVP',
  inputs: ['x', 'periods'],
  outputs: ['value'],
  params: [period(2, 'least period', 'min_period'), period(2, 'greatest period', 'max_period'), averageType()],
  lookback: ([, longest, kind]) => ma.lookback([longest, kind]),
  memory: longestMemory,
  nan: 'window',
  check: ([first, last, kind]) =>
    first <= last && last - first < MOST_PERIODS
      ? checkTypes(kind)
      : `min_period of mavp to be at most max_period, and at most ${MOST_PERIODS} periods`,
  expand: ([first, last, kind]) => {
    const chosen = choice(first, last, last, kind);
    // With a single period there is nothing to choose, but without periods there is no value either.
    return [first === last ? `where(periods == periods, ${chosen}, x)` : chosen];
  },
});
