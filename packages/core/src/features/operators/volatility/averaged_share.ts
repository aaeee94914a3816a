import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: rows seen (up to the period), both averages (sums while seeding), their ratio. */
const SEEN = 0;
const PART = 1;
const WHOLE = 2;
const RATIO = 3;

/** The share where there is no whole. */
const EVEN = 0.5;

/**
 * A part as a share of the size of its whole, both averaged as Wilder does before they are divided; a half where there has been no whole yet. While
 * there is none the share is held, as both averages fade alike: neither their rounding nor their last digits come into it.
 * With a period of 1 nothing is averaged. A row with NaN is skipped.
 *
 * Cost: 6 ns a row.
 */
export const averagedShare = operator({
  name: 'averaged_share',
  family: 'volatility',
  version: 1,
  summary: 'Share of a part in the size of a whole, both averaged',
  formula: 'rma(part, period) / rma(|whole|, period), 0.5 where every whole was 0',
  source: 'last step of TA-Lib RVI',
  inputs: ['part', 'whole'],
  outputs: ['value'],
  params: [period(1, 'rows of the average')],
  lookback: ([n]) => n - 1,
  memory: ([n], tolerance) => fadingMemory(1 / n, n, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 4,
  run: ({ in: { 0: parts, 1: wholes }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const weight = 1 / n;
    const keep = 1 - weight;
    let seen = state[SEEN];
    let part = state[PART];
    let whole = state[WHOLE];
    let ratio = state[RATIO];
    for (let i = from; i < to; i++) {
      const a = parts[i];
      const b = Math.abs(wholes[i]);
      if (a !== a || b !== b) {
        out[i] = NaN;
        continue;
      }
      if (seen === n) {
        part = part * keep + a * weight;
        whole = whole * keep + b * weight;
        if (b !== 0) ratio = part / whole;
        else if (n === 1) ratio = EVEN;
      } else {
        part += a * weight;
        whole += b * weight;
        seen++;
        ratio = whole === 0 ? EVEN : part / whole;
      }
      out[i] = seen < n ? NaN : ratio;
    }
    state[SEEN] = seen;
    state[PART] = part;
    state[WHOLE] = whole;
    state[RATIO] = ratio;
  },
});
