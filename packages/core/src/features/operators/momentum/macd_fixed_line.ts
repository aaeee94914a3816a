import { fadingMemory, operator } from '../../contract/operator.ts';

/** Slots: values seen (up to the rows of the slow seed), the two averages (sums while seeding). */
const SEEN = 0;
const FAST = 1;
const SLOW = 2;

/** Appel's smoothing constants, which are near to 2 / 13 and 2 / 27 but not the same. */
const ALPHA_FAST = 0.15;
const ALPHA_SLOW = 0.075;
const FAST_ROWS = 12;
const SLOW_ROWS = 26;

/**
 * MACD line with the constants 0.15 and 0.075. Seeded as in `macd`: by the means of the last 12 and of all of the first 26
 * values. A row with NaN is skipped.
 *
 * Cost: 4 ns a row.
 */
export const macdFixedLine = operator({
  name: 'macd_fixed_line',
  family: 'momentum',
  version: 1,
  summary: 'MACD line with the constants 0.15 and 0.075',
  formula: 'fast += 0.15 * (x - fast); slow += 0.075 * (x - slow); fast - slow',
  source: 'first step of TA-Lib MACDFIX',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => SLOW_ROWS - 1,
  memory: (_, tolerance) => fadingMemory(ALPHA_SLOW, SLOW_ROWS, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 3,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
    let seen = state[SEEN];
    let fast = state[FAST];
    let slow = state[SLOW];
    for (let i = from; i < to; i++) {
      const value = x[i];
      if (value !== value) {
        out[i] = NaN;
        continue;
      }
      if (seen === SLOW_ROWS) {
        fast += ALPHA_FAST * (value - fast);
        slow += ALPHA_SLOW * (value - slow);
      } else {
        if (seen >= SLOW_ROWS - FAST_ROWS) fast += value / FAST_ROWS;
        slow += value / SLOW_ROWS;
        seen++;
      }
      out[i] = seen < SLOW_ROWS ? NaN : fast - slow;
    }
    state[SEEN] = seen;
    state[FAST] = fast;
    state[SLOW] = slow;
  },
});
