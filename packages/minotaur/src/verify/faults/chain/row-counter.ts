import { fault, plantOperator } from '../fault.ts';

/** The number of the row is a feature, and said to need no history. */
export const rowCounter = fault({
  name: 'row-counter',
  imitates: 'reset_index() that went into the model',
  plant: plantOperator({
    memory: () => ({ class: 'finite', rows: 1 }),
    slots: () => 1,
    run: ({ out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) out[i] = state[0]++;
    },
  }),
});
