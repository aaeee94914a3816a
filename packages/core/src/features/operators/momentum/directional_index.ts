import { operator } from '../../contract/operator.ts';

/** Slot: the last value. */
const LAST = 0;

/**
 * Directional index of both indicators; without movement the last value stands, as in TA-Lib, at first 0. A row with NaN is
 * skipped.
 *
 * Cost: 4 ns a row.
 */
export const directionalIndex = operator({
  name: 'directional_index',
  family: 'momentum',
  version: 3,
  summary: 'Directional index, from both indicators',
  formula: '100 * |plus - minus| / (|plus| + |minus|); the value before where both are 0',
  source: 'last step of TA-Lib DX',
  inputs: ['plus', 'minus'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: (_, tolerance) => ({ class: 'fading', rows: 1, tolerance }),
  nan: 'skip',
  history: () => 0,
  slots: () => 1,
  run: ({ in: { 0: plus, 1: minus }, out: { 0: out }, state }, from, to) => {
    let last = state[LAST];
    for (let i = from; i < to; i++) {
      const total = Math.abs(plus[i]) + Math.abs(minus[i]);
      if (total !== total) {
        out[i] = NaN;
        continue;
      }
      if (total > 0) last = 100 * (Math.abs(plus[i] - minus[i]) / total);
      out[i] = last;
    }
    state[LAST] = last;
  },
});
