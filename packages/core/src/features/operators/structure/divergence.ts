import { operator, period } from '../../contract/operator.ts';
import { diverges } from '../../kernels/extreme.ts';

const level = (name: string, value: number, meaning: string) =>
  ({ name, min: -1e9, max: 1e9, integer: false, default: value, meaning }) as const;

/**
 * Divergence of an indicator x from price, flagged on the bar that confirms it. A high is an extreme if no bar among the
 * `wing` before and after it exceeds it (of equals, the first) and the lowest low of those bars is at least `move` percent of its
 * price away; so it is known `wing` bars later. Bearish: the newest extreme high is above the one before it, at most
 * `span` bars older, while x is lower and was above `upper` at the older. Bullish: the same of lows, x higher and below `lower`.
 *
 * Cost: 35 ns a row; the bar of an extreme looks through the span.
 */
export const divergence = operator({
  name: 'divergence',
  family: 'structure',
  version: 1,
  summary: 'Divergence of an indicator from price highs and lows, known wing bars later',
  formula: 'bearish: high[p] > high[q], x[p] < x[q], x[q] > upper; p = i - wing and q the extremes; bullish: mirrored',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978), failure to confirm; own confirmation rule',
  inputs: ['high', 'low', 'x'],
  outputs: ['bullish', 'bearish'],
  params: [
    { ...period(1, 'bars on each side of an extreme', 'wing'), max: 1000, default: 5 },
    { ...period(1, 'most bars between the two extremes', 'span'), max: 10_000, default: 30 },
    { name: 'move', min: 0, max: 100, integer: false, default: 0.5, meaning: 'percent to the opposite extreme' },
    level('upper', 60, 'x has to be above it at the older high'),
    level('lower', 40, 'x has to be below it at the older low'),
  ],
  lookback: ([wing, span]) => 2 * wing + span,
  memory: ([wing, span]) => ({ class: 'finite', rows: 2 * wing + span + 1 }),
  nan: 'window',
  history: ([wing, span]) => 2 * wing + span,
  slots: () => 1,
  instruction: { name: 'divergence' },
  run: ({ in: { 0: high, 1: low, 2: x }, out, params, state }, from, to) => {
    const { 0: bullish, 1: bearish } = out;
    const { 0: wing, 1: span, 2: move, 3: upper, 4: lower } = params;
    const rows = 2 * wing + span + 1;
    const share = move / 100;
    // Rows without NaN up to now.
    let clean = state[0];
    for (let i = from; i < to; i++) {
      clean = high[i] === high[i] && low[i] === low[i] && x[i] === x[i] ? Math.min(clean + 1, rows) : 0;
      if (clean < rows) {
        bullish[i] = bearish[i] = NaN;
        continue;
      }
      bullish[i] = diverges(low, high, x, i - wing, wing, span, -1, share, lower);
      bearish[i] = diverges(high, low, x, i - wing, wing, span, 1, share, upper);
    }
    state[0] = clean;
  },
});
