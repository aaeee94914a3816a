import { fault, plantWrap } from '../fault.ts';
import { changeRows } from '../wrap.ts';

/** Ages are always zero: a value that stopped an hour ago looks new. */
export const staleWithoutAge = fault({
  name: 'stale-without-age',
  imitates: 'ffill() after a join',
  plant: plantWrap(
    'both',
    changeRows(({ count, width, values }, { columns }) => {
      columns.forEach((name, c) => {
        if (!name.startsWith('age_')) return;
        for (let r = 0; r < count; r++) if (values[r * width + c] > 0) values[r * width + c] = 0;
      });
    }),
  ),
});
