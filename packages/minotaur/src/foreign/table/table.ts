/** The table that a foreign function is given: columns of doubles, and how it is to see them. */

/** What a column holds. Times are microseconds, texts are places in `words`. */
export type ColumnType = 'time' | 'number' | 'integer' | 'boolean' | 'text';

/** In what form a function is given times: counted in a unit, or as dates with the zone UTC or with none. */
export type TimeForm = 's' | 'ms' | 'us' | 'ns' | 'utc' | 'naive';

/** A column. */
export interface ForeignColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: Float64Array;
  /** Of a text column: the texts; a value is the place of one, NaN is none. */
  readonly words?: readonly string[];
}

/** A table, or one that was made of it. */
export interface ForeignTable {
  /** Name of the column with the times. */
  readonly time: string;
  readonly form: TimeForm;
  /** Whether the times are the index of a data frame, rather than a column. */
  readonly index: boolean;
  readonly rows: number;
  readonly columns: readonly ForeignColumn[];
  /** Which row of the whole table each row is. */
  readonly ordinals: Int32Array;
  /** Microseconds by which its times are later than those of the whole table. */
  readonly later: number;
}

/** The times of a table, microseconds. */
export function timesOf({ columns, time }: ForeignTable): Float64Array {
  return (columns.find(({ name }) => name === time) as ForeignColumn).values;
}

/** The rows `picked`, in that order. */
export function pickRows(table: ForeignTable, picked: ArrayLike<number>): ForeignTable {
  const take = (values: Float64Array): Float64Array => Float64Array.from(picked, (i) => values[i]);
  return {
    ...table,
    rows: picked.length,
    columns: table.columns.map((column) => ({ ...column, values: take(column.values) })),
    ordinals: Int32Array.from(picked, (i) => table.ordinals[i]),
  };
}

/** Rows [from, to). */
export function sliceRows(table: ForeignTable, from: number, to: number): ForeignTable {
  return {
    ...table,
    rows: to - from,
    columns: table.columns.map((column) => ({ ...column, values: column.values.subarray(from, to) })),
    ordinals: table.ordinals.subarray(from, to),
  };
}

/** The table with the values of some columns taken from `values`, by name. */
export function withValues(table: ForeignTable, values: ReadonlyMap<string, Float64Array>): ForeignTable {
  const columns = table.columns.map((column) => ({ ...column, values: values.get(column.name) ?? column.values }));
  return { ...table, columns };
}
