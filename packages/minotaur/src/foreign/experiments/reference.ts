/** The rows of a run by which those of others are found: by the row of the input that each is of, or by its time. */
import { timesOf, type ForeignTable } from '../table/table.ts';
import type { Answer } from '../target/target.ts';

/** A run's rows against those of another. */
export interface Matched {
  /** For each row of the reference the other's row, -1 where it has none. */
  readonly at: Int32Array;
  /** Rows that the reference has not. */
  readonly extra: number;
}

export interface Reference {
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Those of texts and times. */
  readonly words: readonly string[];
  readonly rows: number;
  /** For each row the row of the whole input at whose end it is known: its own, or the last one up to its time. */
  readonly known: Int32Array;
  /** Whether rows are found by the row of the input, rather than by their time. */
  readonly isByRow: boolean;
  /** Rows with a time or place that another has too. */
  readonly doubles: number;
  /** Finds its rows in a run over `table`. Undefined where the run's rows cannot be placed. */
  match(answer: Answer, table: ForeignTable): Matched | undefined;
}

/** Makes a run over `table`, the whole or a part of it, the one that others are compared with. */
export function referenceOf(answer: Answer, table: ForeignTable, whole: ForeignTable): Reference | undefined {
  const wholeTimes = timesOf(whole);
  const places = placesOf(wholeTimes);
  const ordinals = ordinalsOf(answer, table, places);
  const byRow = ordinals?.includes(-1) === true ? undefined : ordinals;
  const keys = byRow ?? answer.time?.map((time) => time - table.later);
  if (keys === undefined) return undefined;
  const rowOf = new Map<number, number>();
  keys.forEach((key, i) => rowOf.set(key, i));
  const known =
    byRow === undefined ? Int32Array.from(keys, (time) => lastUpTo(wholeTimes, time)) : Int32Array.from(keys);
  return {
    columns: answer.columns,
    words: answer.words,
    rows: answer.rows,
    known,
    isByRow: byRow !== undefined,
    doubles: keys.length - rowOf.size,
    match(other, given) {
      const found = byRow ? ordinalsOf(other, given, places) : other.time?.map((time) => time - given.later);
      if (found === undefined) return undefined;
      const at = new Int32Array(keys.length).fill(-1);
      let extra = 0;
      found.forEach((key, i) => {
        const row = rowOf.get(key);
        if (row === undefined) extra++;
        else at[row] = i;
      });
      return { at, extra };
    },
  };
}

/** The row of each time; undefined where two rows have one. */
function placesOf(times: Float64Array): ReadonlyMap<number, number> | undefined {
  const places = new Map<number, number>();
  times.forEach((time, i) => places.set(time, i));
  return places.size === times.length ? places : undefined;
}

/** The row of the whole input of each row of a run, -1 where its time is none of the input's; undefined where nothing places them. */
function ordinalsOf(
  { rows, time, position }: Answer,
  table: ForeignTable,
  places: ReadonlyMap<number, number> | undefined,
): Float64Array | undefined {
  const own = (): Float64Array => Float64Array.from(table.ordinals);
  if (time !== undefined) {
    const given = timesOf(table);
    if (rows === table.rows && time.every((value, i) => value === given[i])) return own();
    if (places !== undefined) return time.map((value) => places.get(value - table.later) ?? -1);
    // Rows at one time cannot be told by it.
    return rows === table.rows && isSameSet(time, given) ? own() : undefined;
  }
  if (position?.every((i) => i >= 0 && i < table.rows && Number.isInteger(i)) === true)
    return position.map((i) => table.ordinals[i]);
  return rows === table.rows ? own() : undefined;
}

function isSameSet(a: Float64Array, b: Float64Array): boolean {
  const [x, y] = [a.toSorted(), b.toSorted()];
  return x.every((value, i) => value === y[i]);
}

/** The last place with a value of at most `value` in rising `values`; -1 where there is none. */
function lastUpTo(values: Float64Array, value: number): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle] <= value) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
