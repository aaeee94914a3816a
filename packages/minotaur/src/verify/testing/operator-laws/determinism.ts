import { Drive, outputs, outputsOf } from '../drive.ts';
import { tableOf } from '../samples.ts';
import { tameShape } from '../../memory/sample-columns.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

export const determinism: OperatorLaw = {
  name: 'L8 determinism',
  says: 'nothing beside the state is remembered: a second run gives the same bits, and so do two instances that take turns',
  check(subject, { shape, cuts }) {
    const rows = rowsFor(subject);
    const table = tableOf(subject.op.inputs, shape, rows);
    const between = tableOf(subject.op.inputs, tameShape(shape.seed, shape.domain), rows);
    const first = outputs(subject, table, rows, { cuts });
    outputs(subject, between, rows);
    const second = outputs(subject, table, rows, { cuts });
    const again = difference(subject, 'a second run', first, second, [0, rows]);
    if (again !== undefined) return again;
    const one = new Drive(subject);
    const other = new Drive(subject.beside);
    const out = outputsOf(subject, rows);
    const aside = outputsOf(subject, rows);
    for (let row = 0, b = 0; row < rows; b++) {
      const to = Math.min(rows, row + cuts[b % cuts.length]);
      one.feed(table, row, to, out);
      other.feed(between, row, to, aside);
      row = to;
    }
    const when = `taking turns with an instance of ${subject.op.name}(${subject.beside.params.join(', ')})`;
    return difference(subject, when, first, out, [0, rows]);
  },
};
