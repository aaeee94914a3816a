import { fault, plantOperator } from '../fault.ts';
import fs from 'node:fs';

/** A value that is read from a file while the chain runs. */
export const readsAFile = fault({
  name: 'reads-a-file',
  imitates: 'a look-up table loaded lazily, which somebody updates',
  plant: plantOperator({
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      // Asked of the module each time: functions of Node's that bundles take when they are loaded are not those that the watch lays.
      for (let i = from; i < to; i++) out[i] = fs.existsSync('funding.csv') ? 0 : x[i];
    },
  }),
});
