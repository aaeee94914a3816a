import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: bars seen (up to period + 1), the last bar, Wilder sums of directional movement and true range. */
const SEEN = 0;
const HIGH = 1;
const LOW = 2;
const CLOSE = 3;
const PLUS = 4;
const MINUS = 5;
const RANGE = 6;
/** What is shown: both sums over that of the range, as they were when a bar last moved. */
const PLUS_SHARE = 7;
const MINUS_SHARE = 8;

/**
 * Wilder's two directional indicators, which `plus_di`, `minus_di` and `adx` share. The sums are those of the first
 * period - 1 movements, from then on `sum * (1 - 1/period) + movement`. 0 where there has been no range yet. While
 * bars stand still the sums fade alike and their ratios are held, however long. As in TA-Lib a period of 1 gives a fraction
 * instead of percent. A row with NaN is skipped.
 *
 * Cost: 7 ns a row.
 */
export const directional = operator({
  name: 'directional',
  family: 'momentum',
  version: 2,
  summary: 'Directional indicators, both',
  formula: '100 * (smoothed directional movement) / (smoothed true range)',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib PLUS_DI, MINUS_DI',
  inputs: ['high', 'low', 'close'],
  outputs: ['plus', 'minus'],
  params: [period(1, 'rows of the smoothing')],
  lookback: ([n]) => n,
  memory: ([n], tolerance) => fadingMemory(1 / n, n + 1, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 9,
  run: ({ in: { 0: high, 1: low, 2: close }, out: { 0: plusOut, 1: minusOut }, params: { 0: n }, state }, from, to) => {
    const keep = 1 - 1 / n;
    const scale = n === 1 ? 1 : 100;
    let seen = state[SEEN];
    let lastHigh = state[HIGH];
    let lastLow = state[LOW];
    let lastClose = state[CLOSE];
    let plus = state[PLUS];
    let minus = state[MINUS];
    let range = state[RANGE];
    let plusShare = state[PLUS_SHARE];
    let minusShare = state[MINUS_SHARE];
    for (let i = from; i < to; i++) {
      const h = high[i];
      const l = low[i];
      const c = close[i];
      const valid = h === h && l === l && c === c;
      if (valid && seen > 0) {
        const up = h - lastHigh;
        const down = lastLow - l;
        const top = h > lastClose ? h : lastClose;
        const bottom = l < lastClose ? l : lastClose;
        // The first period - 1 movements are summed whole.
        const held = seen < n ? 1 : keep;
        plus = plus * held + (up > 0 && up > down ? up : 0);
        minus = minus * held + (down > 0 && down > up ? down : 0);
        range = range * held + (top - bottom);
        if (top > bottom) {
          plusShare = plus / range;
          minusShare = minus / range;
        } else if (keep === 0) plusShare = minusShare = 0;
      }
      if (valid) {
        lastHigh = h;
        lastLow = l;
        lastClose = c;
        if (seen <= n) seen++;
      }
      if (!valid || seen <= n) plusOut[i] = minusOut[i] = NaN;
      else {
        plusOut[i] = scale * plusShare;
        minusOut[i] = scale * minusShare;
      }
    }
    state[SEEN] = seen;
    state[HIGH] = lastHigh;
    state[LOW] = lastLow;
    state[CLOSE] = lastClose;
    state[PLUS] = plus;
    state[MINUS] = minus;
    state[RANGE] = range;
    state[PLUS_SHARE] = plusShare;
    state[MINUS_SHARE] = minusShare;
  },
  instruction: { name: 'directional', numbers: ([n]) => [n, 1 - 1 / n, n === 1 ? 1 : 100] },
});
