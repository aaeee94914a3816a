import { fault, plantWrap } from '../fault.ts';
import { changeRows } from '../wrap.ts';

/** Columns stand in alphabetical order on the live side. */
export const columnsReordered = fault({
  name: 'columns-reordered',
  imitates: 'a dict or a join that sorts its keys',
  plant: plantWrap(
    'live',
    changeRows(({ count, width, values }, { columns }) => {
      const sorted = columns.map((_, c) => c).sort((a, b) => (columns[a] < columns[b] ? -1 : 1));
      for (let r = 0; r < count; r++) {
        const row = values.slice(r * width, (r + 1) * width);
        sorted.forEach((from, to) => (values[r * width + to] = row[from]));
      }
    }),
  ),
});
