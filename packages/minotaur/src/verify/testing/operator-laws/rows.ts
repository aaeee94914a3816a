import { Drive, outputsOf } from '../drive.ts';
import { tableOf } from '../samples.ts';
import { valuesAt } from '../law.ts';
import { rowsFor, type OperatorLaw } from './difference.ts';

export const ownRows: OperatorLaw = {
  name: 'own rows',
  says: 'a run writes the rows of its block, in its outputs, and nothing else',
  samples: (asked) => Math.ceil(asked / 4),
  check(subject, { shape, cuts }) {
    const rows = rowsFor(subject);
    const table = tableOf(subject.op.inputs, shape, rows);
    const drive = new Drive(subject, ['future']);
    const out = outputsOf(subject, rows);
    for (let row = 0, b = 0; row < rows; b++) {
      const to = Math.min(rows, row + cuts[b % cuts.length]);
      drive.feed(table, row, to, out);
      const found = drive.misplaced(table, row, to, out);
      if (found !== undefined) {
        const { column, expected, found: value } = found;
        return valuesAt(`rows ${row} to ${to - 1} computed`, column, found.row, expected, value);
      }
      row = to;
    }
    return undefined;
  },
};
