/** What late runs have shown, put together: how long each watched column differed, and by how much. */
import type { Memory } from 'minotaur-core/internal/features/contract/operator';
import { LEVELS } from '../harness/certificate.ts';
import type { Due } from './due.ts';

/** Differences that are looked for, relative to the largest value of the full run so far: the levels, and any other bits. */
export const GAPS: readonly number[] = [...LEVELS.map(Number), 0];
/** Which of them is any other bits. */
export const EXACT = LEVELS.length;

/** A column has settled if it agreed since for so many rows, or for as long as it had not. */
const SETTLED = 50;
/** Rows at which a curve has a point, four per doubling, to the end of any late run. */
const CURVE_ROWS: readonly number[] = quarterSteps(20);

function quarterSteps(doublings: number): number[] {
  const half = Math.sqrt(2);
  const quarter = Math.sqrt(half);
  const steps = Array.from({ length: doublings }, (_, k) =>
    [1, quarter, half, half * quarter].map((step) => Math.ceil(step * (1 << k))),
  );
  return [...new Set(steps.flat())];
}

/** A column that late runs are compared in: a feature, or a part of one. */
export interface Watched {
  /** Of a part: its expression. */
  readonly name: string;
  readonly column: number;
  readonly lookback: number;
  readonly declared: Memory;
  /** Whether it is held to the declaration. */
  readonly held: boolean;
}

/** What late runs have shown so far, per watched column; gap after gap, point after point. */
export interface Measured {
  /** {@link GAPS}, and perhaps more. */
  readonly gaps: readonly number[];
  /** Rows after which no late run differed any more, the row itself counted. */
  readonly settled: Float64Array;
  /** Whether one was seen to settle. */
  readonly proved: Uint8Array;
  /** Rows compared after they were due. */
  readonly compared: Float64Array;
  readonly worst: Float64Array;
  /** The row of a late run from which on its clock is warm, and the largest gap from there on. */
  readonly warm: number;
  readonly worstWarm: Float64Array;
  /** Rows that the longest late run had. */
  rows: number;
}

export function createMeasured(count: number, { gaps = GAPS, warm = Infinity } = {}): Measured {
  return {
    gaps,
    settled: new Float64Array(gaps.length * count).fill(1),
    proved: new Uint8Array(gaps.length * count),
    compared: new Float64Array(count),
    worst: new Float64Array(count * CURVE_ROWS.length),
    warm,
    worstWarm: new Float64Array(count),
    rows: 0,
  };
}

/** Rows since its start at which one late run last differed by more than each gap, per watched column. */
export function createLast({ settled }: Measured): Float64Array {
  return new Float64Array(settled.length);
}

/** The point of a curve that `rows` belong to, which is `point` or a later one. */
export function pointFrom(point: number, rows: number): number {
  while (CURVE_ROWS[point + 1] <= rows) point++;
  return point;
}

/** Notes that column `f` differed by `gap` so many rows after the start, at that point of its curve. */
export function noteGap(
  { gaps, worst, warm, worstWarm }: Measured,
  last: Float64Array,
  f: number,
  { rows, point, gap }: { readonly rows: number; readonly point: number; readonly gap: number },
): void {
  const count = last.length / gaps.length;
  for (let g = 0; g < gaps.length; g++) if (gap > gaps[g] || g === EXACT) last[g * count + f] = rows;
  const at = f * CURVE_ROWS.length + point;
  if (gap > worst[at]) worst[at] = gap;
  if (rows >= warm && gap > worstWarm[f]) worstWarm[f] = gap;
}

/** Difference relative to the largest value so far; at most 1, which a value against none is too. */
export function relativeGap(expected: number, found: number, scale: number): number {
  const gap = Math.abs(expected - found) / scale;
  return gap < 1 ? gap : 1;
}

/** Adds what a late run has shown to the rest. One that the end of the rows cut short cannot show that something never settles. */
export function settle(
  { gaps, settled, proved, compared }: Measured,
  watched: readonly Watched[],
  { after, rows }: Due,
  last: Float64Array,
  isComplete: boolean,
): void {
  const count = watched.length;
  for (let f = 0; f < count; f++) {
    const { column, lookback } = watched[f];
    if (after[column] <= rows) compared[f] += rows - after[column] + 1;
    // Without a value, both runs agree on nothing.
    if (rows <= lookback) continue;
    for (let g = 0; g < gaps.length; g++) {
      const at = g * count + f;
      const settles = rows - last[at] >= Math.min(SETTLED, last[at]);
      if (settles) proved[at] = 1;
      settled[at] = Math.max(settled[at], settles || !isComplete ? last[at] + 1 : Infinity);
    }
  }
}

/** Rows until late runs of column `f` agreed within gap `g`; null: one did not, or none was seen to. */
export function rowsWithin({ gaps, settled, proved }: Measured, g: number, f: number): number | null {
  const at = (g * settled.length) / gaps.length + f;
  return settled[at] === Infinity || proved[at] === 0 ? null : settled[at];
}

/** The largest gap of column `f` since its clock was warm; null: no late run had so many rows. */
export function gapWhenWarm({ warm, worstWarm, rows }: Measured, f: number): number | null {
  return rows < warm ? null : worstWarm[f];
}

/** One point for each step of rows that late runs reached: rows since the start, and the worst gap from there on. */
export function curveOf({ worst, rows }: Measured, f: number): [rows: number, gap: number][] {
  return CURVE_ROWS.filter((row) => row <= rows).map((row, point) => [row, worst[f * CURVE_ROWS.length + point]]);
}
