import { fadingMemory, operator } from '../../contract/operator.ts';

/** Slots: whether it has begun, the average. */
const BEGUN = 0;
const AVERAGE = 1;

/** Weights of a 30-row and of a 2-row exponential average. */
const SLOWEST = 2 / 31;
const FASTEST = 2 / 3;

/** TA-Lib takes a path below this for none. */
const NO_PATH = 1e-14;

/**
 * Exponential average whose weight grows with the efficiency of the way: the change over some rows relative to the
 * path, the sum of changes from row to row. It begins at the value of the row before. A row with NaN is skipped.
 *
 * Cost: 6 ns a row.
 */
export const kamaAverage = operator({
  name: 'kama_average',
  family: 'overlap',
  version: 1,
  summary: 'Exponential average with a weight from the efficiency of the way',
  formula: 'a[i] = a[i-1] + w^2 * (x[i] - a[i-1]) with w = 2 / 31 + (2 / 3 - 2 / 31) * |change| / path',
  source: 'last step of TA-Lib KAMA',
  inputs: ['x', 'before', 'change', 'path'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: (_, tolerance) => fadingMemory(SLOWEST * SLOWEST, 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: x, 1: before, 2: change, 3: path }, out: { 0: out }, state }, from, to) => {
    let begun = state[BEGUN];
    let average = state[AVERAGE];
    for (let i = from; i < to; i++) {
      const way = path[i];
      const net = Math.abs(change[i]);
      if (x[i] !== x[i] || before[i] !== before[i] || net !== net || way !== way) {
        out[i] = NaN;
        continue;
      }
      if (begun === 0) {
        begun = 1;
        average = before[i];
      }
      const efficiency = net >= way || way < NO_PATH ? 1 : net / way;
      const weight = SLOWEST + (FASTEST - SLOWEST) * efficiency;
      average += weight * weight * (x[i] - average);
      out[i] = average;
    }
    state[BEGUN] = begun;
    state[AVERAGE] = average;
  },
});
