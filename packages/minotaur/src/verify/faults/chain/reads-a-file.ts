import { fault, plantOperator } from '../fault.ts';
import { existsSync } from 'node:fs';

/** A value that is read from a file while the chain runs. */
export const readsAFile = fault({
  name: 'reads-a-file',
  imitates: 'a look-up table loaded lazily, which somebody updates',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = existsSync('funding.csv') ? 0 : x[i];
    },
  }),
});
