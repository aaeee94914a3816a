import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: rows seen (up to one past the seeds), the first and second average of part and of whole, their ratio. */
const SEEN = 0;
const PART = 1;
const WHOLE = 2;
const SMOOTH_PART = 3;
const SMOOTH_WHOLE = 4;
const RATIO = 5;

/** Below this averages fade into numbers that have fewer digits the smaller they are. */
const LEAST = 1e-290;

/**
 * A part as a share of the size of its whole, both averaged exponentially twice before they are divided; 0 where there has been no whole yet. Each
 * average is seeded by the mean of its first values. After some thousand rows without any whole the share stands still: what is
 * left of the averages has no digits then. A row with NaN is skipped.
 *
 * Cost: 8 ns a row.
 */
export const smoothedShare = operator({
  name: 'smoothed_share',
  family: 'momentum',
  version: 1,
  summary: 'Share of a part in the size of a whole, both averaged twice',
  formula: 'ema(ema(part, first), second) / ema(ema(|whole|, first), second), 0 where every whole was 0',
  source: 'last step of TA-Lib TSI and SMI',
  inputs: ['part', 'whole'],
  outputs: ['value'],
  params: [period(2, 'rows of the first average', 'first'), period(2, 'rows of the second average', 'second')],
  lookback: ([first, second]) => first + second - 2,
  memory: ([first, second], tolerance) =>
    fadingMemory(2 / (Math.max(first, second) + 1), first + second - 1, tolerance, 2),
  nan: 'skip',
  history: () => 0,
  slots: () => 6,
  run: ({ in: { 0: parts, 1: wholes }, out: { 0: out }, params: { 0: first, 1: second }, state }, from, to) => {
    const ready = first + second - 1;
    let seen = state[SEEN];
    let part = state[PART];
    let whole = state[WHOLE];
    let smoothPart = state[SMOOTH_PART];
    let smoothWhole = state[SMOOTH_WHOLE];
    let ratio = state[RATIO];
    for (let i = from; i < to; i++) {
      const a = parts[i];
      const b = Math.abs(wholes[i]);
      if (a !== a || b !== b) {
        out[i] = NaN;
        continue;
      }
      if (seen >= first) {
        part += (2 / (first + 1)) * (a - part);
        whole += (2 / (first + 1)) * (b - whole);
      } else {
        part += a / first;
        whole += b / first;
      }
      if (seen >= ready) {
        smoothPart += (2 / (second + 1)) * (part - smoothPart);
        smoothWhole += (2 / (second + 1)) * (whole - smoothWhole);
      } else if (++seen >= first) {
        smoothPart += part / second;
        smoothWhole += whole / second;
      }
      if (smoothWhole >= LEAST) ratio = smoothPart / smoothWhole;
      out[i] = seen < ready ? NaN : ratio;
    }
    state[SEEN] = seen;
    state[PART] = part;
    state[WHOLE] = whole;
    state[SMOOTH_PART] = smoothPart;
    state[SMOOTH_WHOLE] = smoothWhole;
    state[RATIO] = ratio;
  },
});
