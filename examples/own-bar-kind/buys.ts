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
    for (let i = from; i < to; i++) if (tape.bought[i] > 0 && ++state[0] >= threshold) return i;
    return to;
  },
  restart: (state, threshold, carry) => {
    state[0] = carry ? state[0] - threshold : 0;
  },
});
