/** The rows by which candidates are told from each other before any is computed whole. */

export interface Sample {
  /** Row from which candidates are computed: what came before has faded where it does. */
  readonly start: number;
  /** Rows [from, to) whose values are kept. */
  readonly from: number;
  readonly to: number;
  /** Rows of these that are compared, counted from `from`; on both sides of them there are `margin` more. */
  readonly rows: readonly number[];
  readonly margin: number;
}

/** Rows that are computed, kept, compared. */
const COMPUTED = 4096;
const KEPT = 1536;
const COMPARED = 360;
/** Rows of a column with few changes that are compared beside them. */
const EVENTS = 24;
/** Rows that a column may be late or early, as `compare` looks for them. */
const FARTHEST = 120;

/** Chooses rows from the end of a table: evenly, and where columns change that seldom do. */
export function chooseSample(rows: number, columns: readonly Float64Array[]): Sample {
  const kept = Math.min(KEPT, Math.ceil(0.7 * rows));
  const from = rows - kept;
  const margin = Math.min(FARTHEST, Math.floor(kept / 8));
  const step = Math.max(1, Math.floor((kept - 2 * margin) / COMPARED));
  const chosen = new Set<number>();
  for (let i = margin; i < kept - margin; i += step) chosen.add(i);
  for (const values of columns) {
    const changes: number[] = [];
    for (let i = margin; i < kept - margin && changes.length <= EVENTS; i++)
      if (values[from + i] !== values[from + i - 1] && values[from + i] === values[from + i]) changes.push(i);
    if (changes.length <= EVENTS) for (const i of changes) chosen.add(i);
  }
  return { start: Math.max(0, rows - COMPUTED), from, to: rows, rows: [...chosen].sort((a, b) => a - b), margin };
}
