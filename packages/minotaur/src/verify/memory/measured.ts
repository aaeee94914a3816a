/** What late runs of one clock's features have shown, put together: how long each feature differed, and by how much. */
import { log } from 'minotaur-core/internal/base/elementary/index';
import type { Memory } from 'minotaur-core/internal/features/contract/operator';
import { LEVELS, describeMemory, type Curve, type FeatureCertificate } from '../harness/certificate.ts';
import type { Due } from './due.ts';

/** A feature has settled if it agreed since for so many rows, or for as long as it had not. */
const SETTLED = 50;
/** Points of a curve per doubling of the rows, and points at most. */
const PER_DOUBLING = 4;
const POINTS = 80;
/** Features per clock whose curve is kept: those that took longest, of each sort. */
const CURVES: readonly { readonly of: Memory['class']; readonly most: number }[] = [
  { of: 'fading', most: 2 },
  { of: 'finite', most: 1 },
  { of: 'unbounded', most: 1 },
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

/** A column that late runs are compared in: a feature, or a part of one. */
export interface Watched {
  /** Of a part: its expression. */
  readonly name: string;
  readonly isPart: boolean;
  readonly column: number;
  readonly lookback: number;
  readonly declared: Memory;
  /** Whether it is held to the declaration: {@link heldColumns}. */
  readonly held: boolean;
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
  watched: readonly Watched[],
  due: Due,
  last: Float64Array,
  complete: boolean,
): void {
  const { settled, proved, tested } = measured;
  const count = watched.length;
  for (let f = 0; f < count; f++) {
    const { column, lookback } = watched[f];
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

export function summarise(clock: string, watched: readonly Watched[], measured: Measured): ClockMeasured {
  const { settled, proved, tested } = measured;
  const count = watched.length;
  const rowsAt = (g: number, f: number): number | null => {
    const rows = settled[g * count + f];
    return rows === Infinity || proved[g * count + f] === 0 ? null : rows;
  };
  const features = watched.filter(({ isPart }) => !isPart);
  const certificates = features.map(({ name, declared }, f): FeatureCertificate => {
    const within = { '1e-6': rowsAt(0, f), '1e-9': rowsAt(1, f), '1e-12': rowsAt(2, f) };
    return { clock, feature: name, declared: describeMemory(declared), exactAfter: rowsAt(EXACT, f), within };
  });
  const bySpeed = features.map((_, f) => f).toSorted((a, b) => settled[count + b] - settled[count + a] || a - b);
  const slowest = CURVES.flatMap(({ of, most }) =>
    bySpeed.filter((f) => features[f].declared.class === of).slice(0, most),
  );
  const curves = slowest.map((f): Curve => ({ clock, feature: features[f].name, points: curveOf(measured, f) }));
  const untested = features.filter(({ declared }, f) => declared.class !== 'unbounded' && tested[f] === 0).length;
  return { features: certificates, curves, untested };
}

function pointOf(rows: number): number {
  return Math.min(POINTS - 1, Math.floor(PER_DOUBLING * (log(rows) / Math.LN2)));
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
