/** Candidates that a column may be, by some hundred rows. */
import { isNear, nearBound } from '../../compare/measures/pair.ts';
import { spreadOf } from '../../compare/measures/robust.ts';
import { CHANGES } from './agreement.ts';
import type { Sample } from './sample.ts';

/** A candidate that comes near a column. */
export interface Nearest {
  readonly expression: string;
  /** Rows by which the column is late; below 0 it is early. */
  readonly late: number;
  /** Share of the column's variance that the candidate, multiplied and moved, leaves; 0 where values are the same. */
  readonly left: number;
}

/** Candidates that are kept of each column: with the same values, moved, and merely alike. */
const SAME_KEPT = 12;
const ALIKE_KEPT = 6;
/** Of the rows compared. */
const NEARLY_ALL = 0.97;
/** Rows by which a moved column is told, first some and then all. */
const PROBES = 7;

/** A column in the rows of the sample. */
interface Sampled {
  readonly values: Float64Array;
  /** Rows of the sample with a value. */
  readonly rows: Int32Array;
  /** Of these, some whose values differ from that of the row before. */
  readonly probes: readonly number[];
  readonly scale: number;
  /** Rows at both ends that are there for what is moved. */
  readonly margin: number;
  /** What lines through its rows are reckoned of, where it has all rows of the sample. */
  readonly line: LineSide | undefined;
  /** Its rows by rising values, where these are ranks from above 0 to 1. */
  readonly ranked: readonly number[] | undefined;
  readonly same: Nearest[];
  readonly moved: Nearest[];
  readonly alike: Nearest[];
}

/** One side of a line over all rows of a sample, from the first on: differences, their sum and that of their squares. */
interface LineSide {
  readonly from: Float64Array;
  readonly sum: number;
  readonly squares: number;
}

interface Candidate {
  readonly expression: string;
  /** In the kept rows. */
  readonly values: Float64Array;
  readonly line: LineSide | undefined;
  /** The least and the greatest of its values. */
  readonly least: number;
  readonly greatest: number;
}

export interface Contest {
  /** Takes candidates with their values in the kept rows. */
  take(expressions: readonly string[], values: readonly Float64Array[]): void;
  /** The nearest of each column, those with the same values first. */
  nearest(): Nearest[][];
}

/** Compares candidates with `columns`, of which there are the kept rows, in the rows of `sample`. */
export function createContest(columns: readonly Float64Array[], sample: Sample): Contest {
  const sampled = columns.map((values) => sampledOf(values, sample));
  return {
    take(expressions, values) {
      expressions.forEach((expression, k) => {
        // Of each candidate once, not for every column.
        const candidate = {
          expression,
          values: values[k],
          line: lineSideOf(values[k], sample.rows),
          ...endsOf(values[k]),
        };
        for (const column of sampled) takeOne(column, candidate);
      });
    },
    nearest: () =>
      sampled.map(({ same, moved, alike }) => [
        ...same,
        ...(same.length > 0 ? [] : moved.toSorted((a, b) => Math.abs(a.late) - Math.abs(b.late)).slice(0, SAME_KEPT)),
        ...alike,
      ]),
  };
}

function sampledOf(values: Float64Array, { rows: all, margin }: Sample): Sampled {
  const rows = Int32Array.from(all.filter((i) => Number.isFinite(values[i])));
  const changing = [...rows].filter((i) => values[i] !== values[i - 1]);
  const step = Math.max(1, changing.length / PROBES);
  const probes = Array.from({ length: Math.min(PROBES, changing.length) }, (_, k) => changing[Math.floor(k * step)]);
  const scale = spreadOf(Float64Array.from(rows, (i) => values[i]));
  const line = rows.length === all.length ? lineSideOf(values, all) : undefined;
  return { values, rows, probes, scale, margin, line, ranked: rankedOf(values, rows), same: [], moved: [], alike: [] };
}

/** Evenly from 0 to 1, as ranks in the whole of a column are wherever one looks. */
function rankedOf(values: Float64Array, rows: Int32Array): readonly number[] | undefined {
  if (rows.length < 50 || rows.some((i) => values[i] <= 0 || values[i] > 1)) return undefined;
  return [...rows].sort((i, k) => values[i] - values[k]);
}

/** Whether `candidate` rises along `ranked`, with few exceptions. */
function isInOrder(candidate: Float64Array, values: Float64Array, ranked: readonly number[]): boolean {
  let wrong = 0;
  for (let k = 1; k < ranked.length; k++) {
    const [i, before] = [ranked[k], ranked[k - 1]];
    if (values[i] === values[before] ? candidate[i] !== candidate[before] : !(candidate[i] > candidate[before]))
      wrong++;
    if (wrong > 0.01 * ranked.length) return false;
  }
  return true;
}

function takeOne(column: Sampled, of: Candidate): void {
  const { expression, values: candidate, line } = of;
  const { values, rows, probes, ranked, same, moved, alike } = column;
  if (probes.length < 2) return;
  if (isSameAt(column, candidate, 0, probes.slice(0, 3)) && isNearlyAll(column, candidate, 0)) {
    if (same.length < SAME_KEPT) same.push({ expression, late: 0, left: 0 });
    return;
  }
  if (same.length === 0 && moved.length < 4 * SAME_KEPT) takeMoved(column, of);
  if (same.length > 0) return;
  const isRank = ranked !== undefined && isInOrder(candidate, values, ranked);
  const left = isRank
    ? 0
    : column.line !== undefined && line !== undefined
      ? leftOfSides(column.line, line)
      : leftOf(values, candidate, rows);
  if (left > 0.5 || (alike.length >= ALIKE_KEPT && left >= alike[alike.length - 1].left)) return;
  alike.push({ expression, late: 0, left });
  alike.sort((a, b) => a.left - b.left);
  if (alike.length > ALIKE_KEPT) alike.pop();
}

/** Notes where the candidate is the column so many rows before or after. */
function takeMoved(column: Sampled, { expression, values: candidate, least, greatest }: Candidate): void {
  const { values, probes, scale, margin, moved } = column;
  const [row] = probes;
  const value = values[row];
  const bound = nearBound(value, scale);
  if (value + bound < least || value - bound > greatest) return;
  for (let late = -margin; late <= margin; late++) {
    // Nearly none is: so much is asked of each row, and the rest of few.
    if (!(Math.abs(candidate[row - late] - value) <= bound) || late === 0) continue;
    if (moved.length >= 4 * SAME_KEPT || !isSameAt(column, candidate, late, probes)) continue;
    if (isNearlyAll(column, candidate, late)) moved.push({ expression, late, left: 0 });
  }
}

const isSameAt = ({ values, scale }: Sampled, candidate: Float64Array, late: number, at: readonly number[]): boolean =>
  at.every((i) => isNear(candidate[i - late], values[i], scale));

/** Whether values are near in nearly all rows compared, and where the candidate changes, seldom as that may be. */
function isNearlyAll({ values, rows, scale, margin }: Sampled, candidate: Float64Array, late: number): boolean {
  let same = 0;
  for (const i of rows) if (isNear(candidate[i - late], values[i], scale)) same++;
  if (same < NEARLY_ALL * rows.length) return false;
  let [changes, right] = [0, 0];
  for (let i = margin; i < values.length - margin; i++) {
    const [before, now] = [candidate[i - late - 1], candidate[i - late]];
    if (before === now || before !== before || now !== now || values[i] !== values[i]) continue;
    changes++;
    if (isNear(now, values[i], scale)) right++;
  }
  return right >= CHANGES * changes;
}

function endsOf(values: Float64Array): Pick<Candidate, 'least' | 'greatest'> {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest };
}

/** Undefined where a row has no value. */
function lineSideOf(values: Float64Array, rows: readonly number[]): LineSide | undefined {
  const from = new Float64Array(rows.length);
  let [sum, squares] = [0, 0];
  for (let k = 0; k < rows.length; k++) {
    const p = values[rows[k]] - values[rows[0]];
    from[k] = p;
    sum += p;
    squares += p * p;
  }
  return from.every(Number.isFinite) ? { from, sum, squares } : undefined;
}

/** As {@link leftOf}, to the bit. */
function leftOfSides(y: LineSide, x: LineSide): number {
  const n = x.from.length;
  let products = 0;
  for (let k = 0; k < n; k++) products += x.from[k] * y.from[k];
  return leftOfSums(n, x, y, products);
}

/** Share of the variance of `y` that a line through `x` leaves; 1 where there is none. */
function leftOf(y: Float64Array, x: Float64Array, rows: Int32Array): number {
  // From the first row on, so that prices far from 0 lose no digits.
  const first = rows.find((i) => Number.isFinite(x[i]));
  if (first === undefined) return 1;
  const [x0, y0] = [x[first], y[first]];
  let n = 0;
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < rows.length; k++) {
    const p = x[rows[k]] - x0;
    const q = y[rows[k]] - y0;
    if (!Number.isFinite(p)) continue;
    n++;
    sx += p;
    sy += q;
    sxx += p * p;
    sxy += p * q;
    syy += q * q;
  }
  if (n < 0.9 * rows.length) return 1;
  return leftOfSums(n, { sum: sx, squares: sxx }, { sum: sy, squares: syy }, sxy);
}

type Sums = Pick<LineSide, 'sum' | 'squares'>;

function leftOfSums(n: number, { sum: sx, squares: sxx }: Sums, { sum: sy, squares: syy }: Sums, sxy: number): number {
  const [cxx, cxy, cyy] = [sxx - (sx * sx) / n, sxy - (sx * sy) / n, syy - (sy * sy) / n];
  if (!(cxx > 0) || !(cyy > 0)) return 1;
  return Math.max(0, 1 - (cxy * cxy) / (cxx * cyy));
}
