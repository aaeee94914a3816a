/** What late runs of one clock's features have shown, put together: how long each feature differed, and by how much. */
import { LEVELS, type Curve, type FeatureCertificate } from './certificate.ts';
import type { Due } from './due.ts';

/** A feature has settled if it agreed since for so many rows, or for as long as it had not. */
const SETTLED = 50;
/** Points of a curve per doubling of the rows, and points at most. */
const PER_DOUBLING = 4;
const POINTS = 80;
/** Features per clock whose curve is kept: those that took longest, of each sort. */
const CURVES: readonly { readonly of: (feature: Feature) => boolean; readonly most: number }[] = [
  { of: ({ tolerance }) => tolerance > 0 && tolerance < Infinity, most: 2 },
  { of: ({ tolerance }) => tolerance === 0, most: 1 },
  { of: ({ tolerance }) => tolerance === Infinity, most: 1 },
];
/** The levels of the certificate, and equal bits. */
const GAPS = [...LEVELS.map(Number), 0];
const EXACT = GAPS.length - 1;

export interface ClockMeasured {
  readonly features: readonly FeatureCertificate[];
  readonly curves: readonly Curve[];
  /** Features with a declaration that never came due: the input was too short. */
  readonly untested: number;
}

/** A feature as it is held to its declaration. */
export interface Feature {
  readonly name: string;
  readonly column: number;
  readonly declared: string;
  readonly lookback: number;
  /** Rows after which it is held to it. */
  readonly needs: number;
  /** What is allowed once it is due: 0 for equal bits, and no end for what is declared to have none. */
  readonly tolerance: number;
}

/** What late runs have shown so far, per feature; gap after gap, point after point. */
export interface Measured {
  /** Rows after which no late run differed any more. */
  readonly settled: Float64Array;
  /** Whether one was seen to settle. */
  readonly proved: Uint8Array;
  readonly tested: Uint8Array;
  readonly worst: Float64Array;
  /** Rows that the longest late run had. */
  rows: number;
}

export function createMeasured(count: number): Measured {
  return {
    settled: new Float64Array(GAPS.length * count).fill(1),
    proved: new Uint8Array(GAPS.length * count),
    tested: new Uint8Array(count),
    worst: new Float64Array(count * POINTS),
    rows: 0,
  };
}

/** Rows after which each of `count` features last differed by more than each gap, for one late run. */
export function createLast(count: number): Float64Array {
  return new Float64Array(GAPS.length * count);
}

/** Notes that feature `f` differed by `gap` so many rows after the start, and returns it. */
export function noteGap(measured: Measured, last: Float64Array, f: number, rows: number, gap: number): number {
  const count = last.length / GAPS.length;
  for (let g = 0; g < EXACT; g++) if (gap > GAPS[g]) last[g * count + f] = rows;
  last[EXACT * count + f] = rows;
  const point = f * POINTS + pointOf(rows);
  if (gap > measured.worst[point]) measured.worst[point] = gap;
  return gap;
}

/** Difference relative to the largest value so far; at most 1, which a value against none is too. */
export function relativeGap(expected: number, found: number, scale: number): number {
  const gap = Math.abs(expected - found) / scale;
  return gap < 1 ? gap : 1;
}

/** Adds what a late run has shown to the rest. One that the end of the events cut short cannot show that something never settles. */
export function settle(
  measured: Measured,
  features: readonly Feature[],
  due: Due,
  last: Float64Array,
  complete: boolean,
): void {
  const { settled, proved, tested } = measured;
  const count = features.length;
  for (let f = 0; f < count; f++) {
    const { column, lookback } = features[f];
    if (due.after[column] <= due.rows) tested[f] = 1;
    // Without a value, both runs agree on nothing.
    if (due.rows <= lookback) continue;
    for (let g = 0; g < GAPS.length; g++) {
      const at = g * count + f;
      const settles = due.rows - last[at] >= Math.min(SETTLED, last[at]);
      if (settles) proved[at] = 1;
      settled[at] = Math.max(settled[at], settles || !complete ? last[at] + 1 : Infinity);
    }
  }
}

export function summarise(clock: string, features: readonly Feature[], measured: Measured): ClockMeasured {
  const { settled, proved, tested } = measured;
  const count = features.length;
  const rowsAt = (g: number, f: number): number | null => {
    const rows = settled[g * count + f];
    return rows === Infinity || proved[g * count + f] === 0 ? null : rows;
  };
  const certificates = features.map(({ name, declared }, f): FeatureCertificate => {
    const within = { '1e-6': rowsAt(0, f), '1e-9': rowsAt(1, f), '1e-12': rowsAt(2, f) };
    return { clock, feature: name, declared, exactAfter: rowsAt(EXACT, f), within };
  });
  const bySpeed = features.map((_, f) => f).toSorted((a, b) => settled[count + b] - settled[count + a] || a - b);
  const curves = CURVES.flatMap(({ of, most }) => bySpeed.filter((f) => of(features[f])).slice(0, most)).map(
    (f): Curve => ({ clock, feature: features[f].name, points: curveOf(measured, f) }),
  );
  const untested = features.filter(({ tolerance }, f) => tolerance < Infinity && tested[f] === 0).length;
  return { features: certificates, curves, untested };
}

function pointOf(rows: number): number {
  return Math.min(POINTS - 1, Math.floor(PER_DOUBLING * Math.log2(rows)));
}

/** One point for each step of rows that late runs reached. */
function curveOf({ worst, rows }: Measured, f: number): [number, number][] {
  const points: [number, number][] = [];
  for (let row = 1, next = 1; row <= rows; row++) {
    if (row < next) continue;
    const point = pointOf(row);
    points.push([row, worst[f * POINTS + point]]);
    if (point === POINTS - 1) break;
    while (pointOf(next) === point) next++;
  }
  return points;
}
