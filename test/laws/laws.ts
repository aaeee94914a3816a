/**
 * The laws of operators as plain functions: each takes an operator and a sample and returns what is wrong, or nothing. The
 * suite runs them over the catalogue, and over operators that are broken on purpose, each of which has to be caught.
 */
import * as fc from 'fast-check';
import { sameBits } from '../../packages/core/src/base/canonical.ts';
import { Drive, feedCut, outputs, outputsOf, type Subject } from './drive.ts';
import {
  DOMAINS,
  makeColumns,
  putNaN,
  putPrint,
  shapeArbitrary,
  tameShape,
  withoutNaN,
  type Columns,
  type Shape,
} from './inputs.ts';

export interface Sample {
  readonly shape: Shape;
  /** Row counts of blocks, repeated as needed. */
  readonly cuts: readonly number[];
  readonly otherCuts: readonly number[];
  /** Chooses rows, taken modulo what there is. */
  readonly at: number;
}

export type Law = (subject: Subject, sample: Sample) => string | undefined;

const cutsArbitrary = fc.oneof(
  { weight: 1, arbitrary: fc.constant([1]) },
  { weight: 3, arbitrary: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })), { minLength: 1 }) },
);

export const sampleArbitrary: fc.Arbitrary<Sample> = fc.record({
  shape: shapeArbitrary,
  cuts: cutsArbitrary,
  otherCuts: cutsArbitrary,
  at: fc.nat(100_000),
});

/** Rows that show the operator with its lookback filled for a while. */
function rowsFor({ op, params }: Subject): number {
  return 2 * op.lookback(params) + 90;
}

/** The first row from `from` on where two runs differ, in words. */
function difference(
  subject: Subject,
  expected: readonly Float64Array[],
  found: readonly Float64Array[],
  from: number,
  to: number,
): string | undefined {
  for (let row = from; row < to; row++) {
    for (let k = 0; k < expected.length; k++) {
      if (!sameBits(expected[k][row], found[k][row])) {
        return `row ${row}, ${subject.op.outputs[k]}: ${expected[k][row]} became ${found[k][row]}`;
      }
    }
  }
  return undefined;
}

/** L1: however the input is cut into blocks, the outputs are the same bits. */
export function checkL1(subject: Subject, { shape, cuts }: Sample): string | undefined {
  const rows = rowsFor(subject);
  const table = makeColumns(subject.op.inputs, shape, rows);
  const whole = outputs(subject, table, rows);
  return (
    difference(subject, whole, outputs(subject, table, rows, { cuts }), 0, rows) ??
    difference(subject, whole, outputs(subject, table, rows, { cuts: [1] }), 0, rows)
  );
}

/** L2: a fresh store that loads what was saved goes on with the same bits; what is saved does not depend on the cuts. */
export function checkL2(subject: Subject, { shape, cuts, otherCuts, at }: Sample): string | undefined {
  const rows = rowsFor(subject);
  const middle = at % rows;
  const table = makeColumns(subject.op.inputs, shape, rows);
  const whole = outputs(subject, table, rows, { cuts });
  const first = new Drive(subject);
  const out = outputsOf(subject, rows);
  feedCut(first, table, 0, middle, cuts, out);
  const saved = first.save();
  const other = new Drive(subject);
  feedCut(other, table, 0, middle, otherCuts, outputsOf(subject, rows));
  const otherSaved = other.save();
  const slot = saved.findIndex((value, i) => !sameBits(value, otherSaved[i]));
  if (slot >= 0) return `slot ${slot} of the snapshot after ${middle} rows depends on the blocks`;
  // The loading store has a past of its own, which must not shine through.
  const second = new Drive(subject);
  feedCut(second, table, middle, rows, otherCuts, outputsOf(subject, rows));
  second.load(saved);
  feedCut(second, table, middle, rows, otherCuts, out);
  return difference(subject, whole, out, 0, rows);
}

/** L3: what comes after a row changes nothing up to it, in the same block or in the buffer behind its end. */
export function checkL3(subject: Subject, { shape, cuts, at }: Sample): string | undefined {
  const rows = rowsFor(subject);
  const last = at % rows;
  const table = makeColumns(subject.op.inputs, shape, rows);
  const later = makeColumns(subject.op.inputs, { ...shape, seed: shape.seed + 1 }, rows);
  const garbled = Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      column.map((value, row) => (row <= last ? value : row % 5 === 0 ? NaN : 3 * later[name][row])),
    ]),
  );
  const whole = outputs(subject, table, rows);
  return (
    difference(subject, whole, outputs(subject, garbled, rows), 0, last + 1) ??
    difference(subject, whole, outputs(subject, table, rows, { cuts, hostile: ['future'] }), 0, rows)
  );
}

/** Declared history: rows before it may hold anything. */
export function checkHistory(subject: Subject, { shape, cuts }: Sample): string | undefined {
  const rows = rowsFor(subject);
  const table = makeColumns(subject.op.inputs, shape, rows);
  const whole = outputs(subject, table, rows);
  return (
    difference(subject, whole, outputs(subject, table, rows, { cuts, hostile: ['past'] }), 0, rows) ??
    difference(subject, whole, outputs(subject, table, rows, { cuts: [1], hostile: ['past'] }), 0, rows)
  );
}

/** L4: a run started late is as good as a full one after the rows that the operator declares. */
export function checkL4(subject: Subject, sample: Sample): string | undefined {
  const memory = subject.op.memory(subject.params);
  switch (memory.class) {
    case 'finite':
      return finiteMemory(subject, sample, memory.rows);
    case 'fading':
      return fadingMemory(subject, sample, memory.rows, memory.tolerance);
    case 'unbounded':
      return unboundedMemory(subject, sample);
  }
}

/** Bits after `n` rows, also when the full run has seen prints far off that the late one has not. */
function finiteMemory(subject: Subject, { shape, at }: Sample, n: number): string | undefined {
  const start = 2 + (at % 40);
  const rows = start + n + 60;
  const table = makeColumns(subject.op.inputs, shape, rows);
  putPrint(table, start - 2);
  if (at % 2 === 0) putPrint(table, start + (at % 10));
  const full = outputs(subject, table, rows);
  const late = outputs(subject, table, rows, { from: start });
  let seen = 0;
  for (let row = start; row < rows; row++) {
    if (subject.op.nan !== 'skip' || hasValues(table, row)) seen++;
    if (seen >= n) return difference(subject, full, late, row, rows);
  }
  return undefined;
}

function fadingMemory(subject: Subject, { at }: Sample, n: number, tolerance: number): string | undefined {
  const start = 1 + (at % 100);
  const rows = start + n + 60;
  const table = makeColumns(subject.op.inputs, tameShape(at, DOMAINS[at % 2]), rows);
  const full = outputs(subject, table, rows);
  const late = outputs(subject, table, rows, { from: start });
  for (let k = 0; k < full.length; k++) {
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      const expected = full[k][row];
      if (Math.abs(expected) > largest) largest = Math.abs(expected);
      if (row < start + n || sameBits(expected, late[k][row])) continue;
      if (Math.abs(expected - late[k][row]) <= tolerance * largest) continue;
      return `${n} rows after a late start, row ${row}, ${subject.op.outputs[k]}: ${expected} became ${late[k][row]}`;
    }
  }
  return undefined;
}

/** The declaration is a confession, and has to be needed: some late start shows. */
function unboundedMemory(subject: Subject, { at }: Sample): string | undefined {
  const lookback = subject.op.lookback(subject.params);
  for (let attempt = 0; attempt < 8; attempt++) {
    const start = 20 + ((at + attempt) % 40);
    const rows = start + lookback + 60;
    const table = makeColumns(subject.op.inputs, tameShape(at + attempt, DOMAINS[attempt % 3]), rows);
    const full = outputs(subject, table, rows);
    const late = outputs(subject, table, rows, { from: start });
    if (difference(subject, full, late, start + lookback, rows) !== undefined) return undefined;
  }
  return 'declared unbounded, but a late start does not show';
}

/** L6: NaN exactly while the lookback is unfilled, and no NaN in an input lasts longer than declared. */
export function checkL6(subject: Subject, sample: Sample): string | undefined {
  return lookbackHolds(subject, sample) ?? recovers(subject, sample);
}

function lookbackHolds(subject: Subject, { shape, at }: Sample): string | undefined {
  const { op, params } = subject;
  const lookback = op.lookback(params);
  const rows = rowsFor(subject);
  const out = outputs(subject, makeColumns(op.inputs, withoutNaN(shape), rows), rows);
  for (let k = 0; k < out.length; k++) {
    const early = out[k].findIndex((value) => !Number.isNaN(value));
    if (early >= 0 && early < lookback) return `${op.outputs[k]} has a value at row ${early}, lookback is ${lookback}`;
    const missing = out[k].findIndex((value, row) => row >= lookback && Number.isNaN(value));
    if (missing >= 0 && op.undefinedWhen === undefined) {
      return `${op.outputs[k]} has no value at row ${missing}, lookback is ${lookback}`;
    }
  }
  const first = out.map(() => Infinity);
  for (let attempt = 0; attempt < 9; attempt++) {
    const table = makeColumns(op.inputs, tameShape(at + attempt, DOMAINS[attempt % 3]), rows);
    const tame = outputs(subject, table, rows);
    for (let k = 0; k < tame.length; k++) {
      const infinite = tame[k].findIndex((value) => Math.abs(value) === Infinity);
      if (infinite >= 0) return `${op.outputs[k]} is infinite at row ${infinite}`;
      const row = tame[k].findIndex((value) => !Number.isNaN(value));
      if (row >= 0) first[k] = Math.min(first[k], row);
    }
    if (first.every((row) => row === lookback)) return undefined;
  }
  return `the first value comes at row ${first.join(', ')}, lookback is ${lookback}`;
}

/** A NaN row or a hole in one input or all: what follows is what the declared policy says, and never NaN for good. */
function recovers(subject: Subject, { at, shape }: Sample): string | undefined {
  const { op, params } = subject;
  if (op.inputs.length === 0) return undefined;
  const memory = op.memory(params);
  const reach = memory.class === 'unbounded' ? op.lookback(params) + 1 : memory.rows;
  const hole = { from: at % (op.lookback(params) + 30), rows: at % 3 === 0 ? 1 : 1 + (at % 11) };
  const end = hole.from + hole.rows;
  const rows = end + reach + 40;
  const names = at % 2 === 0 ? op.inputs : [op.inputs[at % op.inputs.length]];
  const clean = makeColumns(op.inputs, tameShape(at, shape.domain), rows);
  const holed = Object.fromEntries(Object.entries(clean).map(([name, column]) => [name, column.slice()]));
  for (let row = hole.from; row < end; row++) putNaN(holed, row, names);
  const found = outputs(subject, holed, rows);
  if (op.nan === 'skip') {
    for (let k = 0; k < found.length; k++) {
      for (let row = hole.from; row < end; row++) {
        if (!Number.isNaN(found[k][row])) return `${op.outputs[k]} has a value at row ${row}, where an input has none`;
      }
    }
    return difference(subject, withHole(subject, clean, hole.from, end, rows), found, 0, rows);
  }
  const expected = outputs(subject, clean, rows);
  // Before the lookback is filled, a part that has no value there anyway may have been the one to read it.
  const shows =
    hole.from < op.lookback(params) || found.some((out) => out.subarray(hole.from, end + reach).some(Number.isNaN));
  if (op.nan === 'window' && !shows) {
    return `a NaN at rows ${hole.from} to ${end - 1} of ${names.join(', ')} leaves no trace`;
  }
  if (memory.class === 'finite') {
    return (
      difference(subject, expected, found, 0, hole.from) ?? difference(subject, expected, found, end + reach - 1, rows)
    );
  }
  for (let k = 0; k < found.length; k++) {
    if (Number.isNaN(found[k][rows - 1]) && !Number.isNaN(expected[k][rows - 1])) {
      return `${op.outputs[k]} is NaN ${rows - end} rows after a NaN in the input`;
    }
  }
  return undefined;
}

/** What a run gives that never sees rows [from, to), with NaN in their place. */
function withHole(subject: Subject, table: Columns, from: number, to: number, rows: number): Float64Array[] {
  const short = Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      Float64Array.of(...column.subarray(0, from), ...column.subarray(to)),
    ]),
  );
  return outputs(subject, short, rows - (to - from)).map((column) =>
    Float64Array.of(...column.subarray(0, from), ...new Float64Array(to - from).fill(NaN), ...column.subarray(from)),
  );
}

/** L8: nothing outside the state is remembered, so a second run gives the same bits. */
export function checkL8(subject: Subject, { shape, cuts }: Sample): string | undefined {
  const rows = rowsFor(subject);
  const table = makeColumns(subject.op.inputs, shape, rows);
  const first = outputs(subject, table, rows, { cuts });
  const between = makeColumns(subject.op.inputs, tameShape(shape.seed, shape.domain), rows);
  outputs(subject, between, rows);
  return difference(subject, first, outputs(subject, table, rows, { cuts }), 0, rows);
}

function hasValues(table: Columns, row: number): boolean {
  return Object.values(table).every((column) => !Number.isNaN(column[row]));
}

export const laws: Readonly<Record<string, Law>> = {
  'L1 block invariance': checkL1,
  'L2 snapshot': checkL2,
  'L3 causality': checkL3,
  'L4 memory': checkL4,
  'L6 readiness': checkL6,
  'L8 determinism': checkL8,
  'declared history': checkHistory,
};

/** The law over random samples and the given parameter sets; it fails with what was wrong and where. */
export function propertyOf(law: Law, subjects: readonly Subject[]): fc.IProperty<[number, Sample]> {
  return fc.property(fc.nat(subjects.length - 1), sampleArbitrary, (which, sample) => {
    const wrong = law(subjects[which], sample);
    if (wrong !== undefined)
      throw new Error(`${subjects[which].op.name}(${subjects[which].params.join(', ')}): ${wrong}`);
  });
}
