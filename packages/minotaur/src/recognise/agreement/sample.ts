/** The rows by which candidates are told from each other before any is computed whole. */

/** The end of a table, where candidates are compared. */
export interface Kept {
  /** Row from which candidates are computed: what came before has faded where it does. */
  readonly start: number;
  /** Rows [from, to) whose values are kept. */
  readonly from: number;
  readonly to: number;
  /** Rows of these at both ends that are there for what is moved. */
  readonly margin: number;
}

export interface Sample extends Kept {
  /** Rows that are compared, counted from `from`; on both sides of them there are `margin` more. */
  readonly rows: readonly number[];
}

/** Rows that are computed, kept, compared. */
const COMPUTED = 4096;
const KEPT = 1536;
const COMPARED = 360;
/** Rows of a column with few changes that are compared beside them. */
const EVENTS = 24;
/** Rows that a column may be late or early, as `compare` looks for them. */
const FARTHEST = 120;

/** The kept rows of a table of `rows` rows. */
export function keptOf(rows: number): Kept {
  const kept = Math.min(KEPT, Math.ceil(0.7 * rows));
  const margin = Math.min(FARTHEST, Math.floor(kept / 8));
  return { start: Math.max(0, rows - COMPUTED), from: rows - kept, to: rows, margin };
}

/** Chooses from the kept rows, of which `columns` are: evenly, and where columns change that seldom do. */
export function chooseSample(of: Kept, columns: readonly Float64Array[]): Sample {
  const { margin } = of;
  const kept = of.to - of.from;
  const step = Math.max(1, Math.floor((kept - 2 * margin) / COMPARED));
  const chosen = new Set<number>();
  for (let i = margin; i < kept - margin; i += step) chosen.add(i);
  for (const values of columns) {
    const changes: number[] = [];
    for (let i = margin; i < kept - margin && changes.length <= EVENTS; i++)
      if (values[i] !== values[i - 1] && values[i] === values[i]) changes.push(i);
    if (changes.length <= EVENTS) for (const i of changes) chosen.add(i);
  }
  return { ...of, rows: [...chosen].sort((a, b) => a - b) };
}
