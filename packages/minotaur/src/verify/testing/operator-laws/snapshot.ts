import { sameBits } from 'minotaur-core/internal/base/canonical';
import { Drive, feedCut, outputs, outputsOf } from '../drive.ts';
import { tableOf } from '../samples.ts';
import { wrong } from '../law.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

export const snapshot: OperatorLaw = {
  name: 'L2 snapshot',
  says: 'another instance that loads what was saved, at any row, goes on with the same bits; what is saved does not depend on the blocks',
  check(subject, { shape, cuts, otherCuts, at }) {
    const rows = rowsFor(subject);
    const middle = at % rows;
    const table = tableOf(subject.op.inputs, shape, rows);
    const whole = outputs(subject, table, rows, { cuts });
    const first = new Drive(subject);
    const out = outputsOf(subject, rows);
    feedCut(first, table, 0, middle, cuts, out);
    const saved = first.save();
    const other = new Drive(subject);
    feedCut(other, table, 0, middle, otherCuts, outputsOf(subject, rows));
    const otherSaved = other.save();
    const slot = saved.findIndex((value, i) => !sameBits(value, otherSaved[i]));
    if (slot >= 0) {
      const when = `after ${middle} rows, in other blocks`;
      return wrong(when, `${saved[slot]} in slot ${slot} of the snapshot`, `${otherSaved[slot]}`, { row: middle });
    }
    // The loading instance has a past of its own, which must not shine through.
    const second = new Drive(subject);
    feedCut(second, table, middle, rows, otherCuts, outputsOf(subject, rows));
    second.load(saved);
    feedCut(second, table, middle, rows, otherCuts, out);
    return difference(subject, `restored elsewhere after ${middle} rows`, whole, out, [0, rows]);
  },
};
