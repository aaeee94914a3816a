import { fault, plantOperator } from '../fault.ts';

/** Rows since the last fall of a percent: nothing says that one falls within the rows that are declared. */
export const sinceLastEvent = fault({
  name: 'since-last-event',
  imitates: 'bars since the last signal, warmed up over a fixed window',
  plant: plantOperator({
    history: () => 1,
    memory: () => ({ class: 'finite', rows: 10 }),
    slots: () => 1,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) out[i] = state[0] = x[i] < 0.99 * x[i - 1] ? 0 : state[0] + 1;
    },
  }),
});
