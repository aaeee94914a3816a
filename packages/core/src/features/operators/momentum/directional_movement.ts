import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: bars seen (up to the period), the last bar, Wilder sums of both movements. */
const SEEN = 0;
const HIGH = 1;
const LOW = 2;
const PLUS = 3;
const MINUS = 4;

/**
 * Wilder's directional movement in both directions, which `plus_dm` and `minus_dm` share: the sum of the first
 * period - 1 movements, from then on `sum * (1 - 1/period) + movement`; for a period of 1 the movement itself. A row with
 * NaN is skipped.
 *
 * Cost: 10 ns a row.
 */
export const directionalMovement = operator({
  name: 'directional_movement',
  family: 'momentum',
  version: 1,
  summary: 'Smoothed directional movement, both directions',
  formula: 'sum[i] = sum[i-1] * (1 - 1/period) + movement[i]; first value: sum of period - 1 movements',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib PLUS_DM, MINUS_DM',
  inputs: ['high', 'low'],
  outputs: ['plus', 'minus'],
  params: [period(1, 'rows of the smoothing')],
  lookback: ([n]) => Math.max(1, n - 1),
  memory: ([n], tolerance) => fadingMemory(1 / n, Math.max(2, n), tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 5,
  run: ({ in: { 0: high, 1: low }, out: { 0: plusOut, 1: minusOut }, params: { 0: n }, state }, from, to) => {
    const ready = n > 2 ? n : 2;
    const keep = 1 - 1 / n;
    let seen = state[SEEN];
    let lastHigh = state[HIGH];
    let lastLow = state[LOW];
    let plus = state[PLUS];
    let minus = state[MINUS];
    for (let i = from; i < to; i++) {
      const h = high[i];
      const l = low[i];
      const valid = h === h && l === l;
      if (valid) {
        if (seen > 0) {
          const up = h - lastHigh;
          const down = lastLow - l;
          const held = seen < n ? 1 : keep;
          plus = plus * held + (up > 0 && up > down ? up : 0);
          minus = minus * held + (down > 0 && down > up ? down : 0);
        }
        lastHigh = h;
        lastLow = l;
        if (seen < ready) seen++;
      }
      const shown = valid && seen === ready;
      plusOut[i] = shown ? plus : NaN;
      minusOut[i] = shown ? minus : NaN;
    }
    state[SEEN] = seen;
    state[HIGH] = lastHigh;
    state[LOW] = lastLow;
    state[PLUS] = plus;
    state[MINUS] = minus;
  },
});
