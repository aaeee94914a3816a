import { fault, plantWrap } from '../fault.ts';
import { changeRows } from '../wrap.ts';

/** The first column is centred on its mean over all rows at hand, those to come included. */
export const wholeFileMean = fault({
  name: 'whole-file-mean',
  imitates: 'a mean of the whole file, kept as a constant',
  plant: plantWrap(
    'historical',
    changeRows(({ count, width, values }) => {
      let sum = 0;
      for (let r = 0; r < count; r++) sum += values[r * width];
      for (let r = 0; r < count; r++) values[r * width] -= sum / count;
    }),
  ),
});
