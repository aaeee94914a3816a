import { fault, plantOperator } from '../fault.ts';

/** Changes the column that it reads, and so what everybody else reads. */
export const writesItsInput = fault({
  name: 'writes-its-input',
  imitates: 'inplace=True on a view',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] *= 0.999;
    },
  }),
});
