import { fault, plantOperator } from '../fault.ts';

let rows = 0;

/** Rows are counted in a variable of the module, which the next run finds as it was left. */
export const hiddenGlobal = fault({
  name: 'hidden-global',
  imitates: 'a counter or cache at module level',
  plant: plantOperator({
    memory: () => ({ class: 'unbounded' }),
    run: ({ out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = ++rows;
    },
  }),
});
