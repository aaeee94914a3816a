/**
 * The features of one clock, started anew at later bars of a run and compared with it: over the same bars, so that nothing
 * but what the features remember can differ. What differs longer than declared is a contradiction; how long everything
 * differed is the certificate.
 */
import { bitsOf, sameBits } from '../core/canonical.ts';
import { COLUMN } from '../bars/bar.ts';
import { createColumns, type Columns } from '../features/columns.ts';
import type { FeatureGraph } from '../features/graph.ts';
import type { ClockPlan } from '../pipeline/plan.ts';
import { LEVELS, describeMemory, type Curve, type FeatureCertificate } from './certificate.ts';
import { createDue, type Due } from './due.ts';
import type { Divergence, Table } from './trace.ts';

/** Late runs at the same time. The first starts early, for what remembers long; each is followed by another, later one. */
const SLOTS = 3;
const FIRST_STARTS = [4, 16, 64];
/** Rows that a late run goes on when everything is due, to see that it stays so. */
const TAIL = 200;
/** Between two late runs of a slot: up to so many times as long as one takes. */
const PAUSE = 3;
/** A feature has settled if it agreed since for so many rows, or for as long as it had not. */
const SETTLED = 50;
/** Rows computed at a time. Block length means nothing (L1). */
const BLOCK = 256;
/** Points of a curve per doubling of the rows, and points at most. */
const PER_DOUBLING = 4;
const POINTS = 80;
/** Features per clock whose curve is kept: those that took longest. */
const CURVES = 3;
/** The levels of the certificate, and equal bits. */
const GAPS = [...LEVELS.map(Number), 0];
const EXACT = GAPS.length - 1;

export interface LateFeatures {
  readonly starts: number;
  readonly values: number;
  /** Compares the next bars of the full run; the first contradiction, or nothing. */
  compare(bars: Table): Divergence | undefined;
  finish(): ClockMeasured;
}

export interface ClockMeasured {
  readonly features: readonly FeatureCertificate[];
  readonly curves: readonly Curve[];
  /** Features with a declaration that never came due: the input was too short. */
  readonly untested: number;
}

interface Feature {
  readonly name: string;
  readonly column: number;
  readonly declared: string;
  readonly lookback: number;
  /** What is allowed once it is due: 0 for equal bits, and no end for what is declared to have none. */
  readonly tolerance: number;
}

interface LateRun {
  readonly columns: Columns;
  readonly due: Due;
  /** Bars of the full run before it. */
  readonly start: number;
  /** Rows since the start when a feature last differed by more than a gap; gap after gap. */
  readonly last: Float64Array;
}

/** What late runs have shown so far, per feature; gap after gap, point after point. */
interface Measured {
  readonly settled: Float64Array;
  readonly tested: Uint8Array;
  readonly worst: Float64Array;
  /** Rows that the longest late run had. */
  rows: number;
}

interface Slot {
  run: LateRun | undefined;
  /** The bar at which the next late run starts. */
  next: number;
}

export function createLateFeatures({ name, graph }: ClockPlan, random: () => number): LateFeatures {
  const features = graph.features.map((one) => featureOf(graph, one));
  const count = features.length;
  const limit = 2 * longestOf(graph) + TAIL;
  const measured: Measured = {
    settled: new Float64Array(GAPS.length * count).fill(1),
    tested: new Uint8Array(count),
    worst: new Float64Array(count * POINTS),
    rows: 0,
  };
  const scale = new Float64Array(count);
  const slots = FIRST_STARTS.slice(0, SLOTS).map((within): Slot => {
    return { run: undefined, next: 1 + Math.floor(random() * within) };
  });
  let bars = 0;
  const late = {
    starts: 0,
    values: 0,
    compare(table: Table): Divergence | undefined {
      const width = graph.columns.length;
      let first: Divergence | undefined;
      const scales = growingScales(features, table, width, scale);
      for (const slot of slots) {
        for (let row = 0; row < table.times.length;) {
          if (slot.run === undefined) {
            row = Math.max(row, slot.next - bars);
            if (row >= table.times.length) break;
            const last = new Float64Array(GAPS.length * count);
            slot.run = { columns: createColumns(graph), due: createDue(graph), start: bars + row, last };
            late.starts++;
          }
          const { run } = slot;
          const end = Math.min(table.times.length, row + BLOCK);
          const from = advance(run, graph, table, row, end);
          const wrong = compareBlock(run, features, { table, width, row, end, from, scales, clock: name }, measured);
          if (wrong !== undefined && (first === undefined || wrong.time < first.time)) first = wrong;
          late.values += (end - row) * count;
          row = end;
          if (!isOver(run, features, limit)) continue;
          settle(run, features, measured);
          slot.run = undefined;
          slot.next = bars + row + 1 + Math.floor(random() * PAUSE * run.due.rows);
        }
      }
      bars += table.times.length;
      return first;
    },
    finish(): ClockMeasured {
      for (const { run } of slots) if (run !== undefined) settle(run, features, measured);
      return summarise(name, features, measured);
    },
  };
  return late;
}

function featureOf(graph: FeatureGraph, { name, column }: { name: string; column: number }): Feature {
  const { memory, lookback } = graph.columns[column];
  const tolerance = memory.class === 'finite' ? 0 : memory.class === 'fading' ? memory.tolerance : Infinity;
  return { name, column, declared: describeMemory(memory), lookback, tolerance };
}

/** The longest memory of a graph's features, those without end left out. */
function longestOf({ features, columns }: FeatureGraph): number {
  return features.reduce((most, { column }) => {
    const { memory } = columns[column];
    return memory.class === 'unbounded' ? most : Math.max(most, memory.rows);
  }, 1);
}

/** The largest value of each feature up to each row of the table, and `scale` brought up to its end. */
function growingScales(features: readonly Feature[], table: Table, width: number, scale: Float64Array): Float64Array {
  const count = features.length;
  const scales = new Float64Array(table.times.length * count);
  for (let r = 0, at = 0; r < table.times.length; r++) {
    for (let f = 0; f < count; f++, at++) {
      const size = Math.abs(table.values[r * width + features[f].column]);
      if (size > scale[f] && size < Infinity) scale[f] = size;
      scales[at] = scale[f];
    }
  }
  return scales;
}

/** Gives bars [row, end) of the full run to the late one; the index of the first of them in its columns. */
function advance({ columns, due }: LateRun, graph: FeatureGraph, table: Table, row: number, end: number): number {
  const width = graph.columns.length;
  const barColumns = width - graph.nodes.reduce((sum, node) => sum + node.outputs.length, 0);
  for (let r = row; r < end; r++) {
    const at = columns.append();
    for (let c = 0; c < barColumns; c++) columns.data[c][at] = table.values[r * width + c];
  }
  const from = columns.compute();
  for (let i = from; i < columns.done; i++) due.look(columns.data, i);
  return from;
}

interface Block {
  readonly table: Table;
  readonly width: number;
  readonly row: number;
  readonly end: number;
  readonly from: number;
  readonly scales: Float64Array;
  readonly clock: string;
}

function compareBlock(
  run: LateRun,
  features: readonly Feature[],
  block: Block,
  measured: Measured,
): Divergence | undefined {
  const { table, width, row, end, from, scales } = block;
  const { last, due, columns } = run;
  const count = features.length;
  let first: Divergence | undefined;
  let rows = due.rows - (end - row);
  for (let r = row; r < end; r++) {
    rows++;
    for (let f = 0; f < count; f++) {
      const { column, tolerance } = features[f];
      const expected = table.values[r * width + column];
      const found = columns.data[column][from + r - row];
      if (sameBits(expected, found)) continue;
      const gap = relativeGap(expected, found, scales[r * count + f]);
      for (let g = 0; g < EXACT; g++) if (gap > GAPS[g]) last[g * count + f] = rows;
      last[EXACT * count + f] = rows;
      const point = f * POINTS + pointOf(rows);
      if (gap > measured.worst[point]) measured.worst[point] = gap;
      if (rows < due.after[column] || (tolerance > 0 && gap <= tolerance) || first !== undefined) continue;
      first = contradiction(block, r, features[f], run, rows, found);
    }
  }
  measured.rows = Math.max(measured.rows, rows);
  return first;
}

/** Difference relative to the largest value so far; at most 1, which a value against none is too. */
export function relativeGap(expected: number, found: number, scale: number): number {
  const gap = Math.abs(expected - found) / scale;
  return gap < 1 ? gap : 1;
}

function contradiction(
  { table, width, clock }: Block,
  r: number,
  { column, name, declared, tolerance }: Feature,
  { start }: LateRun,
  rows: number,
  found: number,
): Divergence {
  const at = (c: number): number => table.values[r * width + c];
  const wish = tolerance === 0 ? 'equal bits' : `a difference below ${tolerance} of its largest value`;
  return {
    stage: 'features',
    trade: Math.floor(at(COLUMN.event) / 2),
    time: table.times[r],
    row: at(COLUMN.ordinal),
    feature: name,
    clock,
    expected: at(column),
    found,
    expectedBits: bitsOf(at(column)),
    foundBits: bitsOf(found),
    note: `declared ${declared}: expected ${wish} after ${rows} bars of a run that started with bar ${start}`,
  };
}

/** Whether all that is declared has been due for long enough, or never will be. */
function isOver({ due }: LateRun, features: readonly Feature[], limit: number): boolean {
  if (due.rows >= limit) return true;
  return features.every(({ column, tolerance }) => tolerance === Infinity || due.after[column] + TAIL <= due.rows);
}

/** Adds what a late run has shown to the rest. */
function settle({ due, last }: LateRun, features: readonly Feature[], { settled, tested }: Measured): void {
  const count = features.length;
  for (let f = 0; f < count; f++) {
    if (due.after[features[f].column] <= due.rows) tested[f] = 1;
    for (let g = 0; g < GAPS.length; g++) {
      const at = g * count + f;
      // Without a value, both runs agree on nothing.
      const settles = due.rows > features[f].lookback && due.rows - last[at] >= Math.min(SETTLED, last[at]);
      settled[at] = Math.max(settled[at], settles ? last[at] + 1 : Infinity);
    }
  }
}

function summarise(clock: string, features: readonly Feature[], measured: Measured): ClockMeasured {
  const { settled, tested } = measured;
  const count = features.length;
  const rowsAt = (g: number, f: number): number | null => {
    const rows = settled[g * count + f];
    return rows === Infinity || measured.rows === 0 ? null : rows;
  };
  const certificates = features.map(({ name, declared }, f): FeatureCertificate => {
    const within = { '1e-6': rowsAt(0, f), '1e-9': rowsAt(1, f), '1e-12': rowsAt(2, f) };
    return { clock, feature: name, declared, exactAfter: rowsAt(EXACT, f), within };
  });
  const slowest = features
    .map(({ tolerance }, f) => ({ f, ends: tolerance < Infinity, rows: settled[count + f] }))
    .toSorted((a, b) => Number(b.ends) - Number(a.ends) || b.rows - a.rows || a.f - b.f)
    .slice(0, CURVES);
  const curves = slowest.map(({ f }): Curve => ({ clock, feature: features[f].name, points: curveOf(measured, f) }));
  const untested = features.filter(({ tolerance }, f) => tolerance < Infinity && tested[f] === 0).length;
  return { features: certificates, curves, untested };
}

function pointOf(rows: number): number {
  return Math.min(POINTS - 1, Math.floor(PER_DOUBLING * Math.log2(rows)));
}

/** One point for each step of rows that late runs reached. */
function curveOf({ worst, rows }: Measured, f: number): [number, number][] {
  const points: [number, number][] = [];
  for (let from = 1; from <= rows;) {
    const point = pointOf(from);
    points.push([from, worst[f * POINTS + point]]);
    while (from <= rows && pointOf(from) === point && point < POINTS - 1) from++;
    if (point === POINTS - 1) break;
  }
  return points;
}
