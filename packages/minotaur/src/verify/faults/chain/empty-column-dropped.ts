import { fault, plantWrap } from '../fault.ts';
import { changeRows } from '../wrap.ts';

/** A column that is NaN in all rows at hand is dropped, and those after it move up. */
export const emptyColumnDropped = fault({
  name: 'empty-column-dropped',
  imitates: 'dropna(axis=1, how="all")',
  plant: plantWrap(
    'both',
    changeRows(({ count, width, values }) => {
      for (let c = width - 1; c >= 0; c--) {
        let present = 0;
        for (let r = 0; r < count; r++) if (values[r * width + c] === values[r * width + c]) present++;
        if (present > 0) continue;
        for (let r = 0; r < count; r++) {
          const at = r * width;
          values.copyWithin(at + c, at + c + 1, at + width);
          values[at + width - 1] = NaN;
        }
      }
    }),
  ),
});
