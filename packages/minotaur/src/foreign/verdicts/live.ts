/** A live program against its own batch: the same columns, row by row. */
import { distance, rangeOf, ROUNDING } from '../experiments/compare.ts';
import type { Reference } from '../experiments/reference.ts';
import type { Matched } from '../experiments/reference.ts';

/** A column of a live program against its batch. */
export interface LiveColumn {
  /** Its name. */
  readonly name: string;
  /** Rows that both have. */
  readonly compared: number;
  /** Rows that differ. */
  readonly differ: number;
  /** Those of them that differ by rounding alone. */
  readonly rounded: number;
  /** The first row that differs by more than rounding; null where none does. */
  readonly first: LiveDifference | null;
}

/** Where a live program and its batch part. */
export interface LiveDifference {
  /** The row of the table, from 0. */
  readonly row: number;
  /** The batch's value. */
  readonly batch: number;
  /** The live program's. */
  readonly live: number;
}

/** A live program against its batch. */
export interface LiveVerdict {
  /** Those that both have. */
  readonly columns: readonly LiveColumn[];
  /** Columns that only the batch has. */
  readonly onlyBatch: readonly string[];
  /** Columns that only the live program has. */
  readonly onlyLive: readonly string[];
}

/** Compares them. */
export function compareLive(
  batch: Reference,
  names: readonly string[],
  live: { readonly matched: Matched; readonly columns: ReadonlyMap<string, Float64Array> },
): LiveVerdict {
  const shared = names.filter((name) => live.columns.has(name));
  return {
    columns: shared.map((name) => compareOne(batch, name, live)),
    onlyBatch: names.filter((name) => !live.columns.has(name)),
    onlyLive: [...live.columns.keys()].filter((name) => !batch.columns.has(name)),
  };
}

function compareOne(
  batch: Reference,
  name: string,
  { matched, columns }: { readonly matched: Matched; readonly columns: ReadonlyMap<string, Float64Array> },
): LiveColumn {
  const [a, b] = [batch.columns.get(name) as Float64Array, columns.get(name) as Float64Array];
  const range = rangeOf(a);
  let [compared, differ, rounded] = [0, 0, 0];
  let first: LiveColumn['first'] = null;
  for (let r = 0; r < a.length; r++) {
    const place = matched.at[r];
    if (place < 0) continue;
    compared++;
    const away = distance(a[r], b[place], range);
    if (away === 0) continue;
    differ++;
    if (away <= ROUNDING) rounded++;
    else first ??= { row: batch.known[r], batch: a[r], live: b[place] };
  }
  return { name, compared, differ, rounded, first };
}
