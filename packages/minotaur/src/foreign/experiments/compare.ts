/** Two runs' values of a column: where they differ, and by how much of the column's own range. */
import type { Matched, Reference } from './reference.ts';

/** Differences up to this share of a column's range are rounding. */
export const ROUNDING = 1e-9;

/** How two runs differ in a column, over some rows. */
export interface Difference {
  /** Rows that were compared. */
  readonly compared: number;
  /** Rows that differ by more than rounding. */
  readonly rows: number;
  /** The first and the last of them, in the order in which rows are known; -1 where there is none. */
  readonly first: number;
  readonly last: number;
  /** The largest difference, as a share of the range; infinite where one run has a value and the other none. */
  readonly largest: number;
  /** Rows that differ by rounding alone, and their largest difference. */
  readonly rounded: number;
  readonly largestRounded: number;
}

/** The range of a column: between its 10 % and 90 % quantiles, or what else there is of it. */
export function rangeOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite).sort();
  if (finite.length === 0) return 1;
  const at = (share: number): number => finite[Math.min(finite.length - 1, Math.floor(share * finite.length))];
  const quantiles = at(0.9) - at(0.1);
  if (quantiles > 0) return quantiles;
  const whole = finite[finite.length - 1] - finite[0];
  return whole > 0 ? whole : Math.abs(finite[0]) || 1;
}

/** The distance of two values as a share of a range. */
export function distance(a: number, b: number, range: number): number {
  if (a === b || (a !== a && b !== b)) return 0;
  const away = Math.abs(a - b) / range;
  return away === away ? away : Infinity;
}

/**
 * Compares a column over the rows whose `known` is in [from, to).
 * @param tolerance differences up to it are rounding
 */
export function compareColumn(
  reference: Reference,
  name: string,
  other: { readonly matched: Matched; readonly columns: ReadonlyMap<string, Float64Array> },
  {
    from = 0,
    to,
    range,
    tolerance,
  }: { readonly from?: number; readonly to: number; readonly range: number; readonly tolerance: number },
): Difference {
  const [a, b] = [reference.columns.get(name), other.columns.get(name)];
  const { known } = reference;
  const { at } = other.matched;
  let [compared, rows, first, last, largest, rounded, largestRounded] = [0, 0, -1, -1, 0, 0, 0];
  // A column that the reference has not, as one that comes and goes, is compared nowhere.
  if (a === undefined) return { compared, rows, first, last, largest, rounded, largestRounded };
  for (let r = 0; r < known.length; r++) {
    if (known[r] < from || known[r] >= to || at[r] < 0) continue;
    compared++;
    const away = b === undefined ? Infinity : distance(a[r], b[at[r]], range);
    if (away === 0) continue;
    if (away <= tolerance) {
      rounded++;
      if (away > largestRounded) largestRounded = away;
      continue;
    }
    rows++;
    if (first < 0 || known[r] < known[first]) first = r;
    if (last < 0 || known[r] > known[last]) last = r;
    if (away > largest) largest = away;
  }
  return { compared, rows, first, last, largest, rounded, largestRounded };
}
