import { outputs } from '../drive.ts';
import { tableOf } from '../samples.ts';
import { blocksOf } from '../law.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

export const blockInvariance: OperatorLaw = {
  name: 'L1 block invariance',
  says: 'any way of cutting the rows into blocks, blocks of one included, gives the same bits',
  check(subject, { shape, cuts }) {
    const rows = rowsFor(subject);
    const table = tableOf(subject.op.inputs, shape, rows);
    const whole = outputs(subject, table, rows);
    const cut = (into: readonly number[]) =>
      difference(subject, blocksOf(into), whole, outputs(subject, table, rows, { cuts: into }), [0, rows]);
    return cut(cuts) ?? cut([1]);
  },
};

export const declaredHistory: OperatorLaw = {
  name: 'declared history',
  says: 'rows before the declared history may hold anything',
  check(subject, { shape, cuts }) {
    const rows = rowsFor(subject);
    const table = tableOf(subject.op.inputs, shape, rows);
    const whole = outputs(subject, table, rows);
    const spoilt = (into: readonly number[]) => {
      const found = outputs(subject, table, rows, { cuts: into, hostile: ['past'] });
      return difference(subject, `${blocksOf(into)}, garbage before the history`, whole, found, [0, rows]);
    };
    return spoilt(cuts) ?? spoilt([1]);
  },
};
