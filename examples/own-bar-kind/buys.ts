import { barKind } from 'minotaur/testing';

/** A bar per `threshold` trades in which the taker bought. */
export const buys = barKind({
  name: 'buys',
  summary: 'Closes with the trade that brings the number of buyers to the threshold',
  source: 'example',
  closes: 'with',
  unit: 'trades in which the taker bought',
  slots: 1,
  reach: (state, tape, from, to, threshold) => {
    let [buyers = 0] = state;
    let i = from;
    while (i < to && !((tape.bought[i] ?? 0) > 0 && ++buyers >= threshold)) i++;
    state[0] = buyers;
    return i;
  },
  restart: (state, threshold, carry) => {
    const [buyers = 0] = state;
    state[0] = carry ? buyers - threshold : 0;
  },
});
