import { barKind } from '../kind.ts';

/** A bar per `threshold` trades. Source: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1. */
export const tick = barKind({
  name: 'tick',
  summary: 'Closes with the trade that completes the count',
  source: 'Lopez de Prado, Advances in Financial Machine Learning (2018), 2.3.1',
  closes: 'with',
  unit: 'trades',
  slots: 1,
  reach: (state, _tape, from, to, threshold) => {
    // A threshold of 2.5 closes with the third trade.
    const missing = Math.max(1, Math.ceil(threshold - state[0]));
    const closing = from + missing - 1;
    state[0] += Math.min(to - from, missing);
    return Math.min(to, closing);
  },
  restart: (state, threshold, carry) => {
    state[0] = carry ? state[0] - threshold : 0;
  },
});
