/**
 * The one machine that measures memory: columns of a graph are started anew at later rows of a full run and compared with it,
 * over the same rows, so that nothing but what they remember can differ. What differs longer than declared is a contradiction; how
 * long everything differed is measured. Rows come as a stream, table after table; a stretch that is all there is is one table.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { createColumns, type Columns } from 'minotaur-core/internal/features/contract/columns';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Table } from '../harness/table.ts';
import type { Due } from './due.ts';
import { createLast, noteGap, pointFrom, relativeGap, settle, type Measured, type Watched } from './measured.ts';

/** Rows computed at a time. Block length means nothing (L1); this keeps the columns in the cache. */
const BLOCK = 256;

/** When late runs start and end. */
export interface Schedule {
  /** Rows of the full run before the first late run of each slot. In a slot one follows the other. */
  readonly first: readonly number[];
  /** When a new late run has to agree. */
  createDue(): Due;
  /** Whether a late run has shown what it can. */
  isOver(run: LateRun): boolean;
  /** Rows of the full run before the next late run of a slot, the one before being over at row `row`. */
  next(row: number, run: LateRun): number;
}

export interface LateRun {
  readonly columns: Columns;
  readonly due: Due;
  /** Rows of the full run before it. */
  readonly start: number;
  /** Rows since the start when a column last differed by more than a gap; gap after gap. */
  readonly last: Float64Array;
}

/** A value that still differs though its declaration is due. */
export interface Contradiction {
  readonly watched: Watched;
  /** Of the table. */
  readonly row: number;
  /** Rows of the full run before the late one, and rows of that until then. */
  readonly start: number;
  readonly rows: number;
  readonly expected: number;
  readonly found: number;
}

export interface LateRuns {
  readonly starts: number;
  readonly values: number;
  /** Values that still differed when the declared rows were over, but are not held to it, or not yet: see due.ts. */
  readonly excused: number;
  /** Compares the next rows of the full run, all columns of the graph; the first contradiction, or nothing. */
  compare(table: Table): Contradiction | undefined;
  /** The full run begins anew with the next rows: what is under way counts as far as it came, and others start. */
  anew(): void;
  /** After the last of them: what is under way counts as far as it came. */
  finish(): void;
}

export interface LateRunsOf {
  readonly graph: FeatureGraph;
  readonly watched: readonly Watched[];
  readonly schedule: Schedule;
  /** Where what they show is added. */
  readonly measured: Measured;
}

interface Slot {
  run: LateRun | undefined;
  /** The row at which the next late run starts. */
  next: number;
}

export function createLateRuns({ graph, watched, schedule, measured }: LateRunsOf): LateRuns {
  const scale = new Float64Array(watched.length);
  const slots = schedule.first.map((next): Slot => ({ run: undefined, next }));
  let seen = 0;
  const late = {
    starts: 0,
    values: 0,
    excused: 0,
    compare(table: Table): Contradiction | undefined {
      const block = { graph, table, scales: growingScales(watched, table, graph.columns.length, scale) };
      let first: Contradiction | undefined;
      for (const slot of slots) {
        let row = slot.run === undefined ? slot.next - seen : 0;
        while (row < table.times.length) {
          if (slot.run === undefined) late.starts++;
          const run = (slot.run ??= startRun(graph, schedule, measured, seen + row));
          const end = Math.min(table.times.length, row + BLOCK);
          const { wrong, excused } = compareBlock(run, watched, { ...block, row, end }, measured);
          if (wrong !== undefined && (first === undefined || wrong.row < first.row)) first = wrong;
          late.excused += excused;
          late.values += (end - row) * watched.length;
          row = end;
          if (!schedule.isOver(run)) continue;
          settle(measured, watched, run.due, run.last, true);
          slot.run = undefined;
          slot.next = schedule.next(seen + row, run);
          row = slot.next - seen;
        }
      }
      seen += table.times.length;
      return first;
    },
    anew(): void {
      late.finish();
      slots.forEach((slot, k) => Object.assign(slot, { run: undefined, next: seen + schedule.first[k] }));
    },
    finish(): void {
      for (const { run } of slots) if (run !== undefined) settle(measured, watched, run.due, run.last, false);
    },
  };
  return late;
}

function startRun(graph: FeatureGraph, schedule: Schedule, measured: Measured, start: number): LateRun {
  return { columns: createColumns(graph), due: schedule.createDue(), start, last: createLast(measured) };
}

/** The largest value of each watched column up to each row of the table, and `scale` brought up to its end. */
function growingScales(watched: readonly Watched[], table: Table, width: number, scale: Float64Array): Float64Array {
  const count = watched.length;
  const scales = new Float64Array(table.times.length * count);
  for (let r = 0, at = 0; r < table.times.length; r++) {
    for (let f = 0; f < count; f++, at++) {
      const size = Math.abs(table.values[r * width + watched[f].column]);
      if (size > scale[f] && size < Infinity) scale[f] = size;
      scales[at] = scale[f];
    }
  }
  return scales;
}

/** Rows [row, end) of the table, which are those of the full run. */
interface Block {
  readonly graph: FeatureGraph;
  readonly table: Table;
  readonly row: number;
  readonly end: number;
  readonly scales: Float64Array;
}

function compareBlock(
  run: LateRun,
  watched: readonly Watched[],
  block: Block,
  measured: Measured,
): { wrong: Contradiction | undefined; excused: number } {
  const { row, end, scales } = block;
  const { values } = block.table;
  const { due, columns } = run;
  const width = block.graph.columns.length;
  const count = watched.length;
  const from = advance(run, block);
  const before = due.rows - (end - row);
  let wrong: Contradiction | undefined;
  let excused = 0;
  for (let f = 0; f < count; f++) {
    const { column } = watched[f];
    const late = columns.data[column];
    for (let r = row, i = from, point = 0; r < end; r++, i++) {
      const expected = values[r * width + column];
      const found = late[i];
      if (sameBits(expected, found)) continue;
      const rows = before + (r - row) + 1;
      const gap = relativeGap(expected, found, scales[r * count + f]);
      point = pointFrom(point, rows);
      noteGap(measured, run.last, f, { rows, point, gap });
      const verdict = judge(watched[f], due, rows, gap);
      if (verdict === 'excused') excused++;
      if (verdict === 'wrong' && (wrong === undefined || r < wrong.row))
        wrong = { watched: watched[f], row: r, start: run.start, rows, expected, found };
    }
  }
  measured.rows = Math.max(measured.rows, due.rows);
  return { wrong, excused };
}

/** What to say of a value that differs so many rows after the start. */
function judge(
  { column, declared, held }: Watched,
  due: Due,
  rows: number,
  gap: number,
): 'allowed' | 'excused' | 'wrong' {
  if (declared.class === 'unbounded' || rows < declared.rows) return 'allowed';
  if (declared.class === 'fading' && gap <= declared.tolerance) return 'allowed';
  return !held || rows < due.after[column] ? 'excused' : 'wrong';
}

/** Gives the rows to the late run; the index of the first of them in its columns. */
function advance({ columns, due }: LateRun, { graph, table: { values }, row, end }: Block): number {
  const width = graph.columns.length;
  const given = width - graph.nodes.reduce((sum, node) => sum + node.outputs.length, 0);
  for (let r = row; r < end; r++) columns.append();
  for (let c = 0; c < given; c++) {
    const column = columns.data[c];
    for (let r = row, i = columns.done; r < end; r++, i++) column[i] = values[r * width + c];
  }
  const from = columns.compute();
  due.look(columns.data, from, columns.done);
  return from;
}
