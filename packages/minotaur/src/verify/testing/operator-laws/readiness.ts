import { TOLERANCE } from 'minotaur-core/internal/features/contract/memory';
import { DOMAINS, putNaN, tameShape, type Columns } from '../../memory/sample-columns.ts';
import { outputs, type Subject } from '../drive.ts';
import { tableOf, withoutNaN, withoutPrints, type Sample } from '../samples.ts';
import { valuesAt, wrong, type Wrong } from '../law.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

export const readiness: OperatorLaw = {
  name: 'L6 readiness',
  says: 'a value is NaN exactly while the lookback is unfilled, and never infinite; a NaN does what is declared and never lasts for ever',
  check: (subject, sample) =>
    lookbackHolds(subject, sample) ??
    infiniteAt(subject, sample) ??
    firstComes(subject, sample) ??
    recovers(subject, sample),
};

function lookbackHolds(subject: Subject, { shape }: Sample): Wrong | undefined {
  const { op, params } = subject;
  const lookback = op.lookback(params);
  const rows = rowsFor(subject);
  const out = outputs(subject, tableOf(op.inputs, withoutNaN(shape), rows), rows);
  for (let k = 0; k < out.length; k++) {
    const at = (row: number, expected: string): Wrong =>
      wrong(`lookback ${lookback}`, expected, String(out[k][row]), { row, output: op.outputs[k] });
    const early = out[k].findIndex((value) => !Number.isNaN(value));
    if (early >= 0 && early < lookback) return at(early, 'no value yet');
    const missing = out[k].findIndex((value, row) => row >= lookback && Number.isNaN(value));
    if (missing >= 0 && op.undefinedWhen === undefined)
      return at(missing, 'a value, for undefinedWhen is not declared');
  }
  return undefined;
}

/** Where rows tie, stand still or are 0, a denominator can be. Every other sample shows it. */
function infiniteAt(subject: Subject, { shape, at }: Sample): Wrong | undefined {
  if (at % 2 === 1) return undefined;
  const { op } = subject;
  const rows = rowsFor(subject);
  const out = outputs(subject, tableOf(op.inputs, withoutPrints(shape), rows), rows);
  for (let k = 0; k < out.length; k++) {
    const row = out[k].findIndex((value) => Math.abs(value) === Infinity);
    if (row >= 0)
      return wrong('rows that tie or are 0', 'a finite value or NaN', String(out[k][row]), {
        row,
        output: op.outputs[k],
      });
  }
  return undefined;
}

/** The first value comes with the first row after the lookback, on columns of some domain. */
function firstComes(subject: Subject, { at }: Sample): Wrong | undefined {
  const { op, params } = subject;
  const lookback = op.lookback(params);
  const rows = rowsFor(subject);
  const first = op.outputs.map(() => Infinity);
  for (let attempt = 0; attempt < 9; attempt++) {
    const tame = outputs(subject, tableOf(op.inputs, tameShape(at + attempt, DOMAINS[attempt % 3]), rows), rows);
    for (let k = 0; k < tame.length; k++) {
      const row = tame[k].findIndex((value) => !Number.isNaN(value));
      if (row >= 0) first[k] = Math.min(first[k], row);
    }
    if (first.every((row) => row === lookback)) return undefined;
  }
  const k = first.findIndex((row) => row !== lookback);
  return wrong('', `the first value at row ${lookback}, as the lookback says`, `at row ${first[k]}`, {
    row: lookback,
    output: op.outputs[k],
  });
}

/** A NaN row or a hole in one input or all: what follows is what the declared policy says, and never NaN for good. */
function recovers(subject: Subject, { at, shape }: Sample): Wrong | undefined {
  const { op, params } = subject;
  if (op.inputs.length === 0) return undefined;
  const memory = op.memory(params, TOLERANCE);
  const reach = memory.class === 'unbounded' ? op.lookback(params) + 1 : memory.rows;
  const hole = { from: at % (op.lookback(params) + 30), rows: at % 3 === 0 ? 1 : 1 + (at % 11) };
  const end = hole.from + hole.rows;
  const rows = end + reach + 40;
  const names = at % 2 === 0 ? op.inputs : [op.inputs[at % op.inputs.length]];
  const clean = tableOf(op.inputs, tameShape(at, shape.domain), rows);
  const holed = Object.fromEntries(Object.entries(clean).map(([name, column]) => [name, column.slice()]));
  for (let row = hole.from; row < end; row++) putNaN(holed, row, names);
  const found = outputs(subject, holed, rows);
  const when = `NaN at rows ${hole.from} to ${end - 1} of ${names.join(', ')}`;
  if (op.nan === 'skip') return skipped(subject, when, [hole.from, end], clean, found);
  const expected = outputs(subject, clean, rows);
  // Before the lookback is filled, a part that has no value there anyway may have been the one to read it.
  const shows =
    hole.from < op.lookback(params) || found.some((out) => out.subarray(hole.from, end + reach).some(Number.isNaN));
  if (op.nan === 'window' && !shows) return wrong(when, 'NaN while it is in the window', 'no NaN', { row: hole.from });
  if (memory.class === 'finite') {
    return (
      difference(subject, when, expected, found, [0, hole.from]) ??
      difference(subject, `${when}, which have left the ${reach} declared`, expected, found, [end + reach - 1, rows])
    );
  }
  return lasting(subject, when, expected, found);
}

/** The rows give NaN, and everything else is as if they had not been. */
function skipped(
  subject: Subject,
  when: string,
  [from, to]: readonly [number, number],
  clean: Columns,
  found: readonly Float64Array[],
): Wrong | undefined {
  const { outputs: names } = subject.op;
  for (let k = 0; k < found.length; k++) {
    for (let row = from; row < to; row++) {
      if (!Number.isNaN(found[k][row])) return valuesAt(when, names[k], row, NaN, found[k][row]);
    }
  }
  const rows = found[0].length;
  const short = Object.fromEntries(
    Object.entries(clean).map(([name, column]) => [
      name,
      Float64Array.of(...column.subarray(0, from), ...column.subarray(to)),
    ]),
  );
  const expected = outputs(subject, short, rows - (to - from)).map((column) =>
    Float64Array.of(...column.subarray(0, from), ...new Float64Array(to - from).fill(NaN), ...column.subarray(from)),
  );
  return difference(subject, `${when}, to be skipped`, expected, found, [0, rows]);
}

/** What is NaN in the end, though it has a value where no NaN came in. */
function lasting(
  { op }: Subject,
  when: string,
  expected: readonly Float64Array[],
  found: readonly Float64Array[],
): Wrong | undefined {
  const last = found[0].length - 1;
  const k = found.findIndex((out, i) => Number.isNaN(out[last]) && !Number.isNaN(expected[i][last]));
  return k < 0 ? undefined : valuesAt(`${when}, long ago`, op.outputs[k], last, expected[k][last], NaN);
}
