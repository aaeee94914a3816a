import { operator } from '../../contract/operator.ts';

/** Slots: whether there was a value, the last value, rises and falls added up since the last event. */
const SEEN = 0;
const LAST = 1;
const RISE = 2;
const FALL = 3;

/**
 * Symmetric CUSUM filter: 1 where changes have added up to more than the threshold since the last event that way, -1 where they
 * have the other way, 0 elsewhere. The sums start anew after each event of their side. A row with NaN is skipped. When events come
 * depends on where the run began. The threshold is a number or a column, such as a multiple of volatility.
 *
 * `rise` and `fall` are the sums after the row.
 *
 * Cost: 4 ns a row.
 */
export const cusumFilter = operator({
  name: 'cusum_filter',
  family: 'structure',
  version: 1,
  summary: 'CUSUM filter events: 1 up, -1 down',
  formula:
    'up = max(0, up + x[i] - x[i-1]) > threshold, down = min(0, down + x[i] - x[i-1]) < -threshold; then 0 again',
  source: 'Lopez de Prado: Advances in Financial Machine Learning (2018), 2.5.2.1',
  inputs: ['x', 'threshold'],
  outputs: ['event', 'rise', 'fall'],
  params: [],
  lookback: () => 1,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 4,
  run: ({ in: { 0: x, 1: threshold }, out: { 0: event, 1: rise, 2: fall }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      const value = x[i];
      event[i] = rise[i] = fall[i] = NaN;
      if (value !== value || threshold[i] !== threshold[i]) continue;
      const change = value - state[LAST];
      state[LAST] = value;
      if (state[SEEN] === 0) {
        state[SEEN] = 1;
        continue;
      }
      state[RISE] = Math.max(0, state[RISE] + change);
      state[FALL] = Math.min(0, state[FALL] + change);
      event[i] = 0;
      if (state[FALL] < -threshold[i]) {
        state[FALL] = 0;
        event[i] = -1;
      } else if (state[RISE] > threshold[i]) {
        state[RISE] = 0;
        event[i] = 1;
      }
      rise[i] = state[RISE];
      fall[i] = state[FALL];
    }
  },
});
