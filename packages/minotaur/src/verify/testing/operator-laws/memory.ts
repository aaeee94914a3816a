import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { DOMAINS, putPrint, tameShape, type Columns } from '../../memory/sample-columns.ts';
import { measureOperator } from '../../memory/operator-memory.ts';
import { outputs, type Subject } from '../drive.ts';
import { tableOf, type Sample } from '../samples.ts';
import { TOLERANCES, valuesAt, wrong, type Wrong } from '../law.ts';
import { difference, type OperatorLaw } from './difference.ts';

export const memory: OperatorLaw = {
  name: 'L4 memory',
  says: 'a run that started late is as good as a full one after the rows that are declared: to the bit, or within the tolerance that was asked for',
  check(subject, sample) {
    const declared = subject.op.memory(subject.params, TOLERANCES[sample.at % TOLERANCES.length]);
    switch (declared.class) {
      case 'finite':
        return finiteMemory(subject, sample, declared.rows);
      case 'fading':
        return fadingMemory(subject, sample, declared.rows, declared.tolerance);
      case 'unbounded':
        return unboundedMemory(subject, sample);
    }
  },
};

/** Bits after `n` rows, also when the full run has seen prints far off that the late one has not. */
function finiteMemory(subject: Subject, { shape, at }: Sample, n: number): Wrong | undefined {
  const start = 2 + (at % 40);
  const rows = start + n + 60;
  const table = tableOf(subject.op.inputs, shape, rows);
  putPrint(table, start - 2);
  if (at % 2 === 0) putPrint(table, start + (at % 10));
  const full = outputs(subject, table, rows);
  const late = outputs(subject, table, rows, { from: start });
  let seen = 0;
  for (let row = start; row < rows; row++) {
    if (subject.op.nan !== 'skip' || hasValues(table, row)) seen++;
    if (seen >= n) return difference(subject, `started at row ${start}, ${n} declared`, full, late, [row, rows]);
  }
  return undefined;
}

function fadingMemory(subject: Subject, { at }: Sample, n: number, tolerance: number): Wrong | undefined {
  const { op } = subject;
  const start = 1 + (at % 100);
  const rows = start + n + 60;
  const table = tableOf(op.inputs, tameShape(at, DOMAINS[at % 2]), rows);
  const full = outputs(subject, table, rows);
  const late = outputs(subject, table, rows, { from: start });
  for (let k = 0; k < full.length; k++) {
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      const expected = full[k][row];
      if (Math.abs(expected) > largest) largest = Math.abs(expected);
      if (row < start + n || sameBits(expected, late[k][row])) continue;
      if (Math.abs(expected - late[k][row]) <= tolerance * largest) continue;
      return valuesAt(`${n} rows after a late start`, op.outputs[k], row, expected, late[k][row]);
    }
  }
  return undefined;
}

/** The declaration is a confession, and has to be needed: some late start shows. */
function unboundedMemory(subject: Subject, { at }: Sample): Wrong | undefined {
  const lookback = subject.op.lookback(subject.params);
  for (let attempt = 0; attempt < 8; attempt++) {
    const start = 20 + ((at + attempt) % 40);
    const rows = start + lookback + 60;
    const table = tableOf(subject.op.inputs, tameShape(at + attempt, DOMAINS[attempt % 3]), rows);
    const full = outputs(subject, table, rows);
    const late = outputs(subject, table, rows, { from: start });
    if (difference(subject, '', full, late, [start + lookback, rows]) !== undefined) return undefined;
  }
  return wrong('declared unbounded', 'a late start that shows', 'none');
}

function hasValues(table: Columns, row: number): boolean {
  return Object.values(table).every((column) => !Number.isNaN(column[row]));
}

export const measuredMemory: OperatorLaw = {
  name: 'L4 measured',
  says: 'over many late starts and long runs, the rows that are declared are enough',
  samples: () => 1,
  check({ op, params, catalogue }) {
    // At another tolerance only what fades declares something else.
    const fades = op.memory(params, TOLERANCE).class === 'fading';
    for (const tolerance of fades ? TOLERANCES : [TOLERANCE]) {
      const { declared, first } = measureOperator(op, catalogue, [...params], tolerance);
      const rows = declared.class === 'unbounded' ? '' : ` ${declared.rows}`;
      if (first !== null) return wrong(`over late starts, at ${tolerance}`, `memory ${declared.class}${rows}`, first);
    }
    return undefined;
  },
};
