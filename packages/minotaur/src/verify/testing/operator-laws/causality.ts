import { outputs } from '../drive.ts';
import { tableOf } from '../samples.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

export const causality: OperatorLaw = {
  name: 'L3 causality',
  says: 'what comes after a row changes nothing up to it: garbled, cut off, or lying in the buffer behind the end',
  check(subject, { shape, cuts, at }) {
    const { inputs } = subject.op;
    const rows = rowsFor(subject);
    const last = at % rows;
    const table = tableOf(inputs, shape, rows);
    const later = tableOf(inputs, { ...shape, seed: shape.seed + 1 }, rows);
    const garbled = Object.fromEntries(
      Object.entries(table).map(([name, column]) => [
        name,
        column.map((value, row) => (row <= last ? value : row % 5 === 0 ? NaN : 3 * later[name][row])),
      ]),
    );
    const whole = outputs(subject, table, rows);
    const known: [number, number] = [0, last + 1];
    const after = `rows after ${last}`;
    return (
      difference(subject, `other ${after}`, whole, outputs(subject, garbled, rows), known) ??
      difference(subject, `no ${after}`, whole, outputs(subject, table, last + 1), known) ??
      difference(
        subject,
        'garbage behind the end',
        whole,
        outputs(subject, table, rows, { cuts, hostile: ['future'] }),
        [0, rows],
      )
    );
  },
};
