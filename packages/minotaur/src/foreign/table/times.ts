/** The times of a table: what happens at one time, as the rows of several symbols, is known at once. */
import { timesOf, type ForeignTable } from './table.ts';

export interface Times {
  /** The first row of each time, and the number of rows behind them. */
  readonly firsts: Int32Array;
  /** The first row of the time that `row` has: the number of rows where it is beyond the table. */
  back(row: number): number;
  /** The first row from `row` on that is the first of its time: the number of rows where none is. */
  next(row: number): number;
  /** `back`, but never row 0, before which there is nothing to compare: the second time then. */
  within(row: number): number;
}

/** The times of a table in order of time. */
export function timesIn(table: ForeignTable): Times {
  const times = timesOf(table);
  const starts = Array.from(times.keys()).filter((row) => row === 0 || times[row] !== times[row - 1]);
  const firsts = Int32Array.from([...starts, table.rows]);
  const back = (row: number): number => {
    if (row >= table.rows) return table.rows;
    let at = row;
    while (at > 0 && times[at - 1] === times[at]) at--;
    return at;
  };
  const next = (row: number): number => {
    let at = row;
    while (at > 0 && at < table.rows && times[at - 1] === times[at]) at++;
    return Math.min(at, table.rows);
  };
  return { firsts, back, next, within: (row) => back(row) || next(Math.max(1, row)) };
}
