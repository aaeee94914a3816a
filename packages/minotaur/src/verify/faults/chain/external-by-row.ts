import { fault, plantOperator } from '../fault.ts';

/** A column from elsewhere, pasted beside the bars row by row. */
export const externalByRow = fault({
  name: 'external-by-row',
  imitates: 'pd.concat(axis=1) with a frame of the same length',
  plant: plantOperator({
    memory: () => ({ class: 'unbounded' }),
    slots: () => 1,
    run: ({ out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) out[i] = (state[0]++ * 7919) % 101;
    },
  }),
});
