import { fault, plantOperator } from '../fault.ts';

const last = new WeakMap<Float64Array, number>();

/** The last value is kept beside the state, where a snapshot does not find it. */
export const stateNotInSnapshot = fault({
  name: 'state-not-in-snapshot',
  imitates: 'an attribute that the pickled indicator leaves out',
  plant: plantOperator({
    lookback: () => 1,
    memory: () => ({ class: 'finite', rows: 2 }),
    slots: () => 1,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = x[i] - (last.get(state) ?? NaN);
        last.set(state, x[i]);
      }
    },
  }),
});
