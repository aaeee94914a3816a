/**
 * What is kept of a run: how its columns differ from those of the reference. The columns themselves are let go, for those of one
 * run take as much memory as the table.
 */
import { MAGNITUDE } from '../table/garble.ts';
import type { Answer } from '../target/target.ts';
import type { ForeignTable } from '../table/table.ts';
import { compareColumn, distance, ROUNDING } from './compare.ts';
import type {
  DoneFuture,
  DoneHole,
  DoneStart,
  DoneWindow,
  FutureExperiment,
  HoleMeasure,
  LostRows,
} from './experiment.ts';
import type { Stretch } from './plan.ts';
import type { Matched, Reference } from './reference.ts';

/** A run beside the first, and where its rows are among those of the reference. */
export interface Run {
  readonly answer: Answer;
  readonly matched: Matched;
  readonly table: ForeignTable;
}

/** What columns are measured by. */
export interface Basis {
  readonly reference: Reference;
  /** Columns that are asked about. */
  readonly names: readonly string[];
  /** Ranges of columns, for distances. */
  readonly ranges: ReadonlyMap<string, number>;
}

/** Shares of a column's range by more than which a later start may show. */
export const LEVELS = [1e-2, 1e-6, 1e-9, 0] as const;
const MILLIONTH = 1;
/** The share of rows at the end by which it is told that nothing comes back. */
const END = 0.05;

const ofEach = <T>({ names }: Basis, measure: (name: string) => T): ReadonlyMap<string, T> =>
  new Map(names.map((name) => [name, measure(name)]));

/** Differences that are rounding: those of a future a thousand times as large may be as much larger. */
export const toleranceOf = ({ future }: FutureExperiment): number =>
  ROUNDING * (future === undefined ? 1 : MAGNITUDE[future]);

/** An experiment on the future; `against` is what it is compared with. */
export function measureFuture(experiment: FutureExperiment, basis: Basis, against: Reference, run: Run): DoneFuture {
  const { answer, matched } = run;
  const other = { matched, columns: answer.columns };
  const differences = ofEach(basis, (name) => {
    const range = basis.ranges.get(name) ?? 1;
    const how = { to: experiment.at, range, tolerance: toleranceOf(experiment) };
    const difference = compareColumn(against, name, other, how);
    return { ...difference, reach: experiment.at - (against.known[difference.first] ?? experiment.at) };
  });
  const isSame = (name: string): boolean => {
    const [a, b] = [against.columns.get(name), answer.columns.get(name)];
    return matched.at.every((place, r) => place < 0 || Object.is(a?.[r], b?.[place]));
  };
  return {
    experiment,
    isOfWhole: against === basis.reference,
    differences,
    same: new Set(basis.names.filter(isSame)),
    lost: lostRows(experiment, against, matched),
  };
}

function lostRows({ at: before }: FutureExperiment, { known }: Reference, { at }: Matched): LostRows {
  let [last, rows, tail] = [-1, 0, 0];
  known.forEach((row, r) => {
    if (row < before && at[r] >= 0) last = Math.max(last, row);
  });
  known.forEach((row, r) => {
    if (row >= before || at[r] >= 0) return;
    rows++;
    if (row > last) tail++;
  });
  return { rows, tail };
}

/** Columns in which a run differs from the reference by more than rounding. */
export function changedColumns({ reference, names, ranges }: Basis, { matched, answer }: Run): string[] {
  return names.filter((name) => {
    const how = { to: Infinity, range: ranges.get(name) ?? 1, tolerance: ROUNDING };
    return compareColumn(reference, name, { matched, columns: answer.columns }, how).rows > 0;
  });
}

/** Columns that differ from the reference's by more than that they hold times of their own table, which is a later one. */
export function changedByDates(basis: Basis, run: Run): string[] {
  const isTime = (name: string): boolean => {
    const [a, b] = [basis.reference.columns.get(name), run.answer.columns.get(name)];
    return run.matched.at.every((place, r) => {
      const [before, now] = [a?.[r] ?? NaN, b?.[place] ?? NaN];
      return place < 0 || before !== before || now - before === run.table.later;
    });
  };
  return changedColumns(basis, run).filter((name) => !isTime(name));
}

export function measureStart({ from }: Stretch, basis: Basis, run: Run): DoneStart {
  return { from, last: ofEach(basis, (name) => lastDifferences(basis, run, name, from)) };
}

export function measureWindow({ from, to }: Stretch, basis: Basis, { answer, matched }: Run): DoneWindow | undefined {
  const { reference, ranges } = basis;
  const row = reference.known.lastIndexOf(to - 1);
  if (row < 0) return undefined;
  const place = matched.at[row];
  const awayOf = (name: string): number => {
    const value = answer.columns.get(name)?.[place] ?? NaN;
    return distance((reference.columns.get(name) as Float64Array)[row], value, ranges.get(name) ?? 1);
  };
  return { bars: to - from, away: place < 0 ? undefined : ofEach(basis, awayOf) };
}

export function measureHole({ to }: Stretch, basis: Basis, rows: number, run: Run): DoneHole {
  const { reference } = basis;
  const end = rows - END * rows;
  const columns = ofEach(basis, (name): HoleMeasure => {
    const last = lastDifferences(basis, run, name, to)[MILLIONTH];
    const [a, b] = [reference.columns.get(name) as Float64Array, run.answer.columns.get(name)];
    let [had, has] = [0, 0];
    reference.known.forEach((row, r) => {
      const place = run.matched.at[r];
      if (row < end || place < 0) return;
      if (a[r] === a[r]) had++;
      const value = b?.[place] ?? NaN;
      if (value === value) has++;
    });
    return { last: last >= end ? Infinity : last, isEmptied: had > 0 && has === 0 };
  });
  return { to, columns };
}

/** For each level the last row from `from` on that differs by more; `from - 1` where none does. */
function lastDifferences({ reference, ranges }: Basis, { answer, matched }: Run, name: string, from: number): number[] {
  const [a, b] = [reference.columns.get(name) as Float64Array, answer.columns.get(name)];
  const range = ranges.get(name) ?? 1;
  const last = LEVELS.map(() => from - 1);
  reference.known.forEach((row, r) => {
    if (row < from || matched.at[r] < 0) return;
    const away = b === undefined ? Infinity : distance(a[r], b[matched.at[r]], range);
    LEVELS.forEach((level, k) => {
      if (away > level && row > last[k]) last[k] = row;
    });
  });
  return last;
}
